"""The guides' desk: the queue, the page of one request, the lead's view. Views draw what is made here."""
