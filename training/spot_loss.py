"""What the spotter is taught with: four losses per sign."""

import torch
from torch.nn import functional as F

from spot_data import IGNORED, make_targets
from spotter import STRIDE


def measure_loss(model, image, signs):
    """image: B 1 H W on the model's device; signs as spot_data.collate gives them. Returns the losses of finding, of reaches, names and styles."""
    rows, columns = image.shape[2] // STRIDE, image.shape[3] // STRIDE
    device = image.device
    wanted, places, tokens, styles, beside, reaches, weights = (part.to(device) for part in make_targets(signs, rows, columns, len(image)))
    with torch.autocast(device.type, dtype=torch.bfloat16):
        presence, reach, names, style = model(image.contiguous(memory_format=torch.channels_last), places)
    presence, reach = presence.float()[:, 0], reach.float()
    share = torch.sigmoid(presence)
    here = (wanted == 1).float()
    # Few cells hold an anchor: what is easy counts little.
    gain = F.logsigmoid(presence) * (1 - share) ** 2 * here
    loss_elsewhere = F.logsigmoid(-presence) * share**2 * (1 - here) * wanted.abs()
    count = here.sum().clamp(min=1)
    found = -(gain.sum() + loss_elsewhere.sum()) / count
    told = reach[beside[:, 0], :, beside[:, 1], beside[:, 2]]
    reached = (F.smooth_l1_loss(told, reaches, beta=0.05, reduction="none").sum(1) * weights).sum() / count
    if len(tokens) == 0:
        return found, reached, names.float().sum() * 0, style.float().sum() * 0
    named = F.cross_entropy(names.float(), tokens, label_smoothing=0.02)
    seen = (styles != IGNORED).sum().clamp(min=1)
    styled = F.cross_entropy(style.float(), styles, ignore_index=IGNORED, reduction="sum") / seen
    return found, reached, named, styled
