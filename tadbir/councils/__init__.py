"""Tenants, units, people, roles and delegations: who may do what, in which council, from when to when."""
