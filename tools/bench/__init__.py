"""make bench: the budgets of Tadbir beside measurements, and django-helpdesk measured in the same run."""
