"""What is in front of what.

Depth alone is not enough for parts that pass through each other, so the order is ruled: far limbs behind the trunk,
the near arm before everything, the tee before a thigh that hangs. A pose may override it with ``z``.
"""

from __future__ import annotations

from figures.engine.scene import Layer, Scene

#: Props further back than this are behind the figure's shadow.
BACKGROUND = -580.0


def in_order(scene: Scene) -> list[Layer]:
    """The layers from back to front."""
    trunk = scene.layer("trunk").depth
    behind = scene.layer("neck").depth + 0.3
    for layer in scene.layers:
        if layer.key in scene.pose.z:
            layer.depth = scene.pose.z[layer.key]
        elif layer.key in ("armR", "armL"):
            near = scene.is_near(layer.key[-1])
            layer.depth = max(layer.depth, trunk + 0.2) if near else min(layer.depth, behind - 1)
        elif layer.key in ("legR", "legL") and not scene.is_near(layer.key[-1]):
            layer.depth = min(layer.depth, behind - 1.5)
        elif layer.key == "head" and scene.model.hair == "headscarf":
            layer.depth = max(layer.depth, trunk + 0.1)  # its drape lies on the tee
    return sorted(scene.layers, key=lambda layer: layer.depth)
