"""Pelvis, neck and the tee on the trunk."""

from __future__ import annotations

from figures.engine import bodies
from figures.engine.bodies import HEM, Hull, chain
from figures.engine.outline import supports
from figures.engine.scene import Layer, Scene
from figures.engine.vectors import dot, length

#: How softly the shoulders run into the chest.
YOKE_BLEND = 2.2
#: The tee's hem lies at this station of the spine.
HEM_STATION = 0.6
#: The middle of the trunk, whose depth stands for it.
CHEST_STATION = 13.0


def draw_trunk(scene: Scene) -> None:
    """Pelvis, neck and tee, each on its own layer; the legs must have been drawn."""
    chest = scene.camera.depth(scene.skeleton.trunk.at(CHEST_STATION)[0])
    _draw_pelvis(scene)
    neck = supports(scene.camera, bodies.neck(scene.skeleton.head))
    path = scene.outline([neck])
    colour, stroke = scene.palette[scene.model.skin()], scene.palette["line"]
    scene.layers.append(Layer("neck", chest - 0.3, [f'<path fill="{colour}" stroke="{stroke}" d="{path}"/>']))
    scene.covers(neck)
    _draw_tee(scene, max([chest, *_hemmed_legs(scene)]))


def _draw_pelvis(scene: Scene) -> None:
    """The part of the leggings round the hips, just behind the rearmost near leg."""
    slices = bodies.trunk(scene.skeleton, -4.0, HEM_STATION + 2.6, scene.model.girth)
    group = supports(scene.camera, chain(slices))
    path = scene.outline([group])
    depths = [layer.depth for layer in scene.layers if layer.key[:3] == "leg" and scene.is_near(layer.key[-1])]
    depth = min([*depths, scene.camera.depth(scene.skeleton.trunk.hips)]) - 0.05
    colour, stroke = scene.palette["leggings"], scene.palette["line"]
    scene.layers.append(Layer("pelvis", depth, [f'<path fill="{colour}" stroke="{stroke}" d="{path}"/>']))
    scene.covers(group)


def _hemmed_legs(scene: Scene) -> list[float]:
    """The depths the tee must be in front of: near legs that are not lifted as high as 83 degrees."""
    trunk = scene.skeleton.trunk
    depths = []
    for side, leg in scene.skeleton.legs.items():
        hangs = dot(leg.thigh.up, trunk.pelvis.up) > 0.12
        if hangs and scene.camera.depth(leg.hip) >= scene.camera.depth(trunk.hips) - 0.01:
            depths.append(scene.layer(f"leg{side}").depth + 0.05)
    return depths


def tee_hulls(scene: Scene) -> tuple[list[Hull], list[Hull]]:
    """The tee's trunk with its flat hem, and its shoulders."""
    slices = bodies.trunk(scene.skeleton, HEM_STATION, 30.0, scene.model.girth)
    for i, wider in ((0, 0.35), (1, 0.25)):
        body = slices[i]
        slices[i] = bodies.Ellipsoid(
            body.centre, _longer(body.a, wider), _longer(body.b, HEM - _long(body.b)), _longer(body.c, wider)
        )
    return chain(slices), [bodies.yoke(scene.skeleton, 1), bodies.yoke(scene.skeleton, -1)]


def _long(axis: tuple[float, float, float]) -> float:
    """How long an axis is."""
    return length(axis)


def _longer(axis: tuple[float, float, float], more: float) -> tuple[float, float, float]:
    """An axis so much longer."""
    factor = (_long(axis) + more) / _long(axis)
    return (axis[0] * factor, axis[1] * factor, axis[2] * factor)


def _draw_tee(scene: Scene, depth: float) -> None:
    """The tee, in front of the hips. Its path is inherited by an outline drawn over the muscles."""
    body, yokes = (supports(scene.camera, hulls) for hulls in tee_hulls(scene))
    path = scene.outline([body, yokes], YOKE_BLEND)
    clip = scene.name("tee")
    under = [f'<g fill="{scene.palette[scene.model.tee()]}"><path id="{clip}" d="{path}"/></g>']
    over = [f'<use href="#{clip}" stroke="{scene.palette["line"]}"/>']
    scene.layers.append(Layer("trunk", depth, under, over, clip))
    scene.covers(body + yokes)
