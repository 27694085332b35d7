"""The head: face, ears, hair or headscarf, glasses. A nose and an ear give it a direction; there is no expression."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from figures.engine import bodies
from figures.engine.bodies import Ellipsoid, Hull
from figures.engine.camera import Camera
from figures.engine.outline import Array, Group, support_of, supports
from figures.engine.scene import Layer, Scene
from figures.engine.skeleton import Head
from figures.engine.vectors import Frame, Vector, add, dot, mix, scale, unit

Cap = tuple[Vector, float]

HAIR_CENTRE = (0.2, 6.35, 0.0)
HAIR_RADII = (5.75, 5.35, 4.75)
#: Where hair grows: directions from the middle of the head within so much (a cosine) of these.
HAIRLINE: tuple[Cap, ...] = (((-0.42, 1.0, 0.0), 0.32), ((-1.0, 0.05, 0.0), 0.22))
#: What a headscarf covers of the head, and what it leaves open.
SCARF: tuple[Cap, ...] = (((-0.25, 1.0, 0.0), 0.42), ((-1.0, 0.0, 0.0), -0.1))
#: A head turned to the camera at least so much (a cosine) shows no nose at its edge.
FRONTAL = 0.62
#: From here on a headscarf lies round an open face, instead of showing the face at its edge.
OPEN = 0.3
#: Directions all over a ball, as finely as a hairline needs.
_WAYS: Array = np.array(
    [
        (sin(pi * i / 24) * cos(pi * j / 24), cos(pi * i / 24), sin(pi * i / 24) * sin(pi * j / 24))
        for i in range(25)
        for j in range(48)
    ]
)


def draw_head(scene: Scene) -> None:
    """The head on its layer: hair behind, face, hair in front, ears, outline."""
    head, camera, model = scene.skeleton.head, scene.camera, scene.model
    face = supports(camera, bodies.face(head))
    ears = [] if model.hair == "headscarf" else [supports(camera, [(ear,)]) for ear in _ears(head, camera)]
    back, front = _hair(head, camera, model.hair)
    everything = face + back + [lines for ear in ears for lines in ear]
    whole = scene.name("head")
    colour = model.hair_colour() if back else model.skin()
    under = [
        f'<g fill="{scene.palette[colour]}"><path id="{whole}" d="{scene.outline([everything])}"/></g>',
        scene.filled(model.skin(), scene.outline([face])) if back else "",
        _front(scene, scene.outline([front])),
        _opening(scene) if model.hair == "headscarf" else "",
    ]
    edge = scene.palette[model.skin(far=True)]
    for ear in ears:
        path = scene.outline([ear])
        under.append(f'<path fill="{scene.palette[model.skin()]}" stroke="{edge}" stroke-width="4" d="{path}"/>')
    over = [f'<use href="#{whole}" stroke="{scene.palette["line"]}"/>']
    if model.hair == "headscarf":
        over.append(_folds(scene))
    if dot(head.skull.forward, camera.near) > FRONTAL:
        over.append(_nose(scene))
    if model.glasses:
        over.append(_glasses(scene))
    scene.layers.append(Layer("head", camera.depth(head.skull.at(head.top, 0, 5, 0)), under, over))
    scene.covers(everything)


def _opening(scene: Scene) -> str:
    """The face that a headscarf leaves open, where it is turned to the camera."""
    head, camera = scene.skeleton.head, scene.camera
    if dot(head.skull.forward, camera.near) <= OPEN:
        return ""
    oval = bodies.ellipsoid(bodies.skull(head).at(head.top, 3.9, 3.5, 0), bodies.skull(head), 1.3, 3.9, 3.2)
    path = scene.outline([supports(camera, [(oval,)])])
    skin, line = scene.palette[scene.model.skin()], scene.palette["line"]
    return f'<path fill="{skin}" stroke="{line}" stroke-width="4" d="{path}"/>'


def _nose(scene: Scene) -> str:
    """The edge of the nose, without which a head seen from the front has no face."""
    head, camera = scene.skeleton.head, scene.camera
    frame, side = bodies.skull(head), 1 if dot(head.skull.right, camera.near) > 0 else -1
    bridge, tip, wing = (
        frame.at(head.top, x, y, z * side) for x, y, z in ((5.4, 4.6, -0.5), (6.4, 3.4, -1.1), (5.6, 2.4, 0.5))
    )
    return scene.line(_curve(camera, bridge, tip, wing), "line", "4")


def _front(scene: Scene, path: str) -> str:
    """Hair before the face; cloth has an edge of its own."""
    colour = scene.model.hair_colour()
    if scene.model.hair != "headscarf" or not path:
        return scene.filled(colour, path)
    return f'<path fill="{scene.palette[colour]}" stroke="{scene.palette["line"]}" stroke-width="4" d="{path}"/>'


def _ears(head: Head, camera: Camera) -> list[Ellipsoid]:
    """The ears on the camera's side of the head."""
    middle = camera.depth(bodies.skull(head).at(head.top, 0, 3.6, 0))
    ears = [bodies.ear(head, sign) for sign in (1, -1)]
    return [ear for ear in ears if camera.depth(ear.centre) > middle + 0.8]


def _hair(head: Head, camera: Camera, style: str) -> tuple[Group, Group]:
    """What is behind the face and what is in front of it."""
    if style == "bald":
        return [], []
    if style == "headscarf" and dot(head.skull.forward, camera.near) > OPEN:
        whole = _caps(head, camera, SCARF, seen=False) + supports(camera, _drape(head))
        return whole, whole
    caps = SCARF if style == "headscarf" else HAIRLINE
    back, front = _caps(head, camera, caps, seen=False), _caps(head, camera, caps, seen=True)
    more = {"bun": _bun, "long": _long_hair, "headscarf": _drape}.get(style)
    if more:
        extra = supports(camera, more(head))
        back += extra
        # Seen from behind or from the side, what hangs at the back is not hidden by the face.
        if style == "headscarf" or dot(head.skull.forward, camera.near) < 0.5:
            front += extra
    return back, front


def _caps(head: Head, camera: Camera, caps: tuple[Cap, ...], seen: bool) -> Group:
    """Caps of the hair's ellipsoid, whole or only what faces the camera."""
    frame = bodies.skull(head)
    places = _at(frame, frame.at(head.top, *HAIR_CENTRE), _WAYS * HAIR_RADII)
    outward = _at(frame, (0.0, 0.0, 0.0), _WAYS / HAIR_RADII)
    shown = _along(outward, camera.near) > 0 if seen else np.full(len(_WAYS), fill_value=True)
    flat = np.stack([_along(places, camera.right), _along(places, camera.up)], axis=1)
    inside = [shown & (_along(_WAYS, unit(normal)) >= least) for normal, least in caps]
    return [support_of(flat[each]) for each in inside if each.any()]


def _along(ways: Array, direction: Vector) -> Array:
    """How much of each lies along a direction."""
    return ways[:, 0] * direction[0] + ways[:, 1] * direction[1] + ways[:, 2] * direction[2]


def _at(frame: Frame, origin: Vector, ways: Array) -> Array:
    """The points so far forward, up and right of an origin."""
    forward, up, right = (np.array(each) for each in frame)
    return np.array(origin) + forward * ways[:, :1] + up * ways[:, 1:2] + right * ways[:, 2:]


def _bun(head: Head) -> list[Hull]:
    """A bun at the back of the head."""
    frame = bodies.skull(head)
    knot = frame.at(head.top, -5.6, 8.6, 0)
    neck = bodies.sphere(frame.at(head.top, -4.2, 8.0, 0), 1.4)
    return [(bodies.sphere(knot, 2.1),), (neck, bodies.sphere(knot, 1.2))]


def _long_hair(head: Head) -> list[Hull]:
    """A tied tail: it leaves the head backwards, then hangs, and comes to lie on the floor."""
    start = bodies.skull(head).at(head.top, -5.0, 7.2, 0)
    way = unit(add(scale(head.skull.forward, -1.0), scale(head.skull.up, -0.7)))
    beads = []
    for radius in (1.5, 2.0, 2.0, 1.7, 1.2, 0.6):
        floor = max(start[1], radius)
        beads.append(bodies.sphere((start[0], floor, start[2]), radius))
        start = add(start, scale(way, 2.3))
        way = unit(mix(way, (0.0, -1.0, 0.0), 0.45))
    return bodies.chain(beads)


def _drape(head: Head) -> list[Hull]:
    """A headscarf's drape round the throat, down to the shoulders and the chest."""
    frame = bodies.skull(head)
    nape = bodies.sphere(frame.at(head.top, -1.9, 3.2, 0), 3.9)
    throat = bodies.sphere(frame.at(head.top, 2.9, -1.3, 0), 2.1)
    shoulders = bodies.sphere(head.neck.at(head.base, -0.6, -0.6, 0), 4.6)
    chest = bodies.sphere(head.neck.at(head.base, 3.2, -4.2, 0), 2.6)
    return [(nape, throat), (throat, chest), (nape, shoulders), (shoulders, chest), (throat, shoulders)]


#: Folds of a headscarf in the head's frame (forward, up, outward): from the edge below the chin round the near cheek,
#: and from the throat over the shoulder. Without them the cloth reads as long hair.
FOLDS: tuple[tuple[Vector, Vector, Vector], ...] = (
    ((3.9, -0.4, 1.0), (1.2, -1.6, 4.0), (-3.6, 2.6, 4.2)),
    ((3.4, -2.2, 1.0), (0.4, -4.2, 4.2), (-4.0, -2.6, 3.6)),
    ((3.6, -5.0, 1.2), (1.6, -6.6, 3.6), (-1.6, -6.4, 4.2)),
)


def _folds(scene: Scene) -> str:
    """The folds of a headscarf on the side that faces the camera."""
    head, camera = scene.skeleton.head, scene.camera
    frame = bodies.skull(head)
    near = dot(head.skull.right, camera.near)
    sides = [sign for sign in (1, -1) if sign * near > -0.2]
    curves = [
        _curve(camera, *(frame.at(head.top, x, y, z * sign) for x, y, z in fold)) for sign in sides for fold in FOLDS
    ]
    return scene.line("".join(curves), "line", "3")


def _glasses(scene: Scene) -> str:
    """Round glasses: the lenses that face the camera, and the near side's temple."""
    head, camera = scene.skeleton.head, scene.camera
    frame = bodies.skull(head)
    rims = []
    if dot(head.skull.forward, camera.near) > -0.3:
        for sign in (1, -1):
            if sign * dot(head.skull.right, camera.near) > -0.6:
                lens = bodies.ellipsoid(frame.at(head.top, 5.1, 4.1, 2.1 * sign), frame, 0.3, 1.35, 1.5)
                rims.append(scene.outline([supports(camera, [(lens,)])]))
    for sign in (1, -1):
        if sign * dot(head.skull.right, camera.near) > 0.2:
            hinge, end = (frame.at(head.top, x, 4.3, z * sign) for x, z in ((4.9, 3.3), (0.3, 4.5)))
            rims.append(_stroke(camera, hinge, end))
    return scene.line("".join(rims), "line", "4")


def _stroke(camera: Camera, a: Vector, b: Vector) -> str:
    """A straight line between two places."""
    (x0, y0), (x1, y1) = camera.flat(a), camera.flat(b)
    return f"M{round(x0 * 10)} {round(-y0 * 10)}L{round(x1 * 10)} {round(-y1 * 10)}"


def _curve(camera: Camera, start: Vector, towards: Vector, end: Vector) -> str:
    """A bent line from one place to another."""
    (x0, y0), (x1, y1), (x2, y2) = (camera.flat(place) for place in (start, towards, end))
    bend = f"{round(x1 * 10)} {round(-y1 * 10)} {round(x2 * 10)} {round(-y2 * 10)}"
    return f"M{round(x0 * 10)} {round(-y0 * 10)}Q{bend}"
