"""Who does the work of the daemon: this process alone, or any number of workers on PostgreSQL."""
