"""Figures: illustrations of exercises, drawn from poses.

A pose is data (``pose``), the skeleton is solved from it in three dimensions (``rig``, ``reach``), dressed with soft
bodies (``bodies``), traced to one smooth outline a part (``outline``), stacked (``layers``) and written as SVG
(``render``). ``validation`` measures joints and contacts and names the limb of every fault. Pure: no Django, no files
but the pose library's, and the same input gives the same bytes.

Units: a standing figure is 100 high; angles are degrees; x is ahead of the figure, y up, z to its right.
"""
