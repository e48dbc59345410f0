"""What people write, each kind of thing read by one reader (pure: no framework, no database).

A number, a code, a telephone, an e-mail address, a picture, a name, a date: whoever needs one that a person wrote asks
here, in a form, a search, the verifier, the office, the interface for machines or the sender that uses it.
"""
