"""Units, hamlets, boxes, numbers, rosters and officers as lists: who sees and changes which, what became of each."""
