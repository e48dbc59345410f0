"""How agents sign in: enrolment by a one-use link, a second factor always, forms that survive an ended session."""
