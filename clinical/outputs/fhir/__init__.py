"""What every FHIR resource of ours is made of, in elements that R5 and R4B write alike. Pure.

Resources are plain data; that they are what R5 and R4B ask for is shown in the tests, by ``fhir.resources``.
"""
