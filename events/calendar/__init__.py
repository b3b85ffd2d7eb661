"""What everybody reads of events: lists, months, pages and files for calendars."""
