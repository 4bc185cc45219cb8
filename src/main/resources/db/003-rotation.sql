-- Rotations whose grace is over are found by the time in their successors' ids. Earlier versions do without the index:
-- what is kept for the grace only is never much.
DROP INDEX IF EXISTS rotation_grace;
