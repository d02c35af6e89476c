-- Where each unit stands now: its newest assessment, and of several on one day the most cautious.
SELECT * FROM placed WHERE place = 1
