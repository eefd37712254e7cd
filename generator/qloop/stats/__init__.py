"""Statistics of counts: control charts with a limit for each point, and exact tests and intervals.

Plain ``math`` on purpose: these numbers stand on pages that a rebuild makes anew, and scipy.special alone takes
0.4 s and 45 MB to import. Tests compare every function with scipy and with published cases.
"""
