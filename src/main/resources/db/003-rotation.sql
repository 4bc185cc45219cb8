-- Rotations whose grace is over are found by the time in their successors' ids.
DROP INDEX IF EXISTS rotation_grace;
