"""The office's pages of agreements and marks: who may do what is asked again by each verb, on the locked row."""
