"""What an applicant is asked, told and shown."""
