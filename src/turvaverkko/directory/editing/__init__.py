"""Who runs happenings writes them: joining, the light account, editing, review and history."""
