"""What a node knows of time: deadlines, its lease, and when it could serve nobody."""
