"""The brief (评估简报): a Word document of an evaluation, filled into a template that is edited in Word."""
