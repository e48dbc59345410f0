"""Visits of schools to the council: a small domain that is only declared. It shows, and proves, what the door gives."""
