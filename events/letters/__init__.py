"""Letters of the calendar and of enrolment, one module for each part."""
