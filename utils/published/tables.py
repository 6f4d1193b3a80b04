# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tables of docs/Published.md."""

from published.findings import write_findings
from published.hand import write_hand
from published.results import (
    EITHER,
    LEVELS,
    SHOWN,
    add_layers,
    find_layers,
    find_machine,
    get_best_rows,
    get_title,
    is_sparsest,
    percent,
    write_table,
)


def write_shares(results, key):
    """A share of the baseline's for each variant and machine."""
    variants = results["settings"][0]["variants"]
    names = list(get_best_rows(variants[0]))[1:]
    rows = []
    for variant in variants:
        machines = get_best_rows(variant)
        rows.append([get_title(variant)] + [percent(machines[name][key]) for name in names])
    return write_table(["left of tc's"] + [f"`{name}`" for name in names], rows)


def write_sides(results):
    """What weights and activations gain apart and together."""
    variants = results["settings"][0]["variants"]
    names = [m["machine"] for m in variants[0]["machines"] if m["sides"] == EITHER]
    rows = []
    for variant in variants:
        cells = [get_title(variant)]
        for name in names:
            shares = [
                find_machine(variant, name, sides)["edp_share"]
                for sides in ("weights", "activations", EITHER)
            ]
            cells.append(" / ".join(f"{100 * share:.1f}" for share in shares))
        rows.append(cells)
    return write_table(["EDP left, %: W / A / either"] + [f"`{name}`" for name in names], rows)


def write_summary(results):
    rows = []
    for summary in results["settings"][0]["summaries"]:
        keys = ("best", "mean", "pruned_mean", "sparsest_mean")
        rows.append(
            [f"`{summary['machine']}`", summary["sides"]]
            + [percent(summary[f"{key}_share"]) for key in keys]
        )
    published = [percent(results[f"published_{key}_share"]) for key in ("best", "mean")]
    rows.append(["published", "", *published, "", ""])
    titles = ["machine", "series of", "at best", "all 12", "the 8 pruned", "the 4 sparsest"]
    return write_table(titles, rows, 2)


def write_sensitivity(results):
    names = []
    for setting in results["settings"][1:]:
        for summary in setting["summaries"]:
            if summary["machine"] not in names:
                names.append(summary["machine"])
    rows = []
    for setting in results["settings"]:
        last = {summary["machine"]: summary for summary in setting["summaries"]}
        cells = [setting["name"]]
        for name in names:
            keys = ("mean_share", "pruned_mean_share", "sparsest_mean_share")
            shares = [last[name][key] for key in keys] if name in last else []
            cells.append(" / ".join(f"{100 * share:.1f}" for share in shares) or "-")
        rows.append(cells)
    title = "EDP saved, %: all / pruned / sparsest"
    return write_table([title] + [f"`{name}`" for name in names], rows)


def get_series(layer):
    return "-" if layer["side"] == "none" else f"{layer['series']} of {layer['side']}"


def get_layer_name(shape):
    """With how many there are; costs are of one, with all of its products."""
    products = f" of {shape['products']} products" if shape["products"] > 1 else ""
    return f"{shape['count']} {shape['name']}{products}"


def write_layer_totals(shapes, dense, chosen):
    cycles = [f"{add_layers(shapes, layers, 'cycles'):,}" for layers in (dense, chosen)]
    energies = [
        f"{add_layers(shapes, layers, 'energy_pj') / 1e6:.1f}" for layers in (dense, chosen)
    ]
    return ["all", "", "", *cycles, "", *energies]


def write_layers(results):
    text = ""
    for variant in results["settings"][0]["variants"]:
        if not is_sparsest(results, variant):
            continue
        shapes = find_layers(results, variant)
        dense = variant["machines"][0]["layers"]
        chosen = find_machine(variant, SHOWN, EITHER)["layers"]
        rows = []
        for shape, before, after in zip(shapes, dense, chosen):
            rows.append(
                [
                    get_layer_name(shape),
                    get_series(after),
                    percent(after["dropped_magnitude_share"]),
                    f"{before['cycles']:,}",
                    f"{after['cycles']:,}",
                    f"{before['binding_level']}, {after['binding_level']}",
                    f"{before['energy_pj'] / 1e6:.1f}",
                    f"{after['energy_pj'] / 1e6:.1f}",
                ]
            )
        rows.append(write_layer_totals(shapes, dense, chosen))
        titles = [get_title(variant), "series", "dropped", "cycles, `tc`", f"`{SHOWN}`"]
        titles += ["bound by", "uJ, `tc`", f"`{SHOWN}`"]
        text += write_table(titles, rows) + "\n"
    return text


def add_levels(shapes, layers):
    """In mJ, over all layers."""
    return [
        sum(
            shape["count"] * layer["energy_by_level_pj"].get(level, 0)
            for shape, layer in zip(shapes, layers)
        )
        / 1e9
        for level in LEVELS
    ]


def write_levels(results):
    rows = []
    for variant in results["settings"][0]["variants"]:
        shapes = find_layers(results, variant)
        machines = get_best_rows(variant)
        for name in ("tc", "dstc", SHOWN):
            if name == "tc" and variant["sparsity_share"] > 0:
                continue
            energies = add_levels(shapes, machines[name]["layers"])
            cells = [f"{energy:.3f}" for energy in [*energies, sum(energies)]]
            rows.append([get_title(variant), f"`{name}`", *cells])
    return write_table(["energy, mJ", "machine", *LEVELS, "all"], rows, 2)


def write_inputs(results):
    text = ""
    for network in results["networks"]:
        variants = [
            v
            for v in results["settings"][0]["variants"]
            if v["network"] == network["name"] and v["sparsity_share"] > 0
        ]
        rows = []
        for index, layer in enumerate(network["layers"]):
            published = layer["pruned_density_share"]
            has_weights = published is not None
            drawn = [v["densities"][index]["weights_share"] for v in variants]
            shares = [published, *drawn]
            rows.append(
                [
                    f"{layer['count'] * layer['products']} {layer['name']}",
                    f"{layer['m']} x {layer['n']} x {layer['k']}",
                    *(percent(share) if has_weights else "-" for share in shares),
                    layer["activations"],
                    percent(layer["activation_density_share"]),
                ]
            )
        titles = [network["name"], "M x N x K", "published density"]
        titles += [f"at {100 * v['sparsity_share']:.0f} % zeros" for v in variants]
        text += f"- Weights: {network['pruned_density_source']}.\n"
        text += f"- Activations: {network['activation_source']}.\n\n"
        text += write_table([*titles, "activations", "density"], rows) + "\n"
    return text


WRITERS = {
    "summary": write_summary,
    "findings": write_findings,
    "edp": lambda results: write_shares(results, "edp_share"),
    "energy": lambda results: write_shares(results, "energy_share"),
    "delay": lambda results: write_shares(results, "delay_share"),
    "sides": write_sides,
    "sensitivity": write_sensitivity,
    "layers": write_layers,
    "levels": write_levels,
    "inputs": write_inputs,
    "hand": write_hand,
}
# Those of which a row is about one network.
ROW_WRITERS = ("edp", "energy", "delay", "sides", "levels")
