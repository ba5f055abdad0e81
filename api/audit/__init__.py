"""The audit trail: who was shown which restricted contact, on what question, in a log that tells of later changes."""
