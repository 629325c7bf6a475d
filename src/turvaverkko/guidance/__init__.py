"""Service guidance: families ask for help, guides answer; requests, threads, the desk."""
