#!/usr/bin/python3
# coopsim - GPL-3.0-or-later
"""Opens a result file with h5py and with xarray and checks that it explains itself: dimensions,
coordinates, units, names, missing values, choices and provenance.

usage: open_results.py FILE"""

import sys

import h5py
import numpy
import xarray

RUN_VARIABLES = ("case", "twin", "point", "self", "replicate", "status", "state_hash")
PROVENANCE = ("config_text", "settings", "resolved_config", "version", "revision", "compiler",
              "flags", "libraries")
MISSING = {"f": numpy.isnan, "i": lambda value: value == -1}


def require(condition, sentence):
    if not condition:
        sys.exit(f"{sys.argv[1]}: {sentence}")


def text_attribute(node, name):
    value = node.attrs.get(name, b"")
    return value.decode() if isinstance(value, bytes) else str(value)


def check_type(name, variable):
    kind = variable.dtype.kind
    require(h5py.check_enum_dtype(variable.dtype) is None, f"{name} is an enumeration")
    require(kind in "fiO", f"{name} has type {variable.dtype}, which not every reader knows")
    require(kind != "O" or h5py.check_string_dtype(variable.dtype) is not None,
            f"{name} is neither a number nor a text")
    if variable.shape and kind != "O" and variable.size:
        require(variable.fletcher32 and variable.shuffle and variable.compression == "gzip",
                f"{name} lacks checksum, shuffle or compression")
        require(variable.dtype.itemsize * numpy.prod(variable.chunks) <= 1 << 20,
                f"{name} has chunks above a megabyte")


def check_attributes(name, variable):
    kind = variable.dtype.kind
    require(text_attribute(variable, "long_name"), f"{name} has no long_name")
    require(kind == "O" or text_attribute(variable, "units"), f"{name} has no units")
    for attribute in ("valid_min", "valid_max", "_FillValue", "flag_values"):
        if attribute in variable.attrs:
            require(variable.attrs[attribute].dtype == variable.dtype,
                    f"{attribute} of {name} has another type than {name}")
    if "_FillValue" in variable.attrs:
        fill = variable.attrs["_FillValue"][0]
        require(MISSING[kind](fill), f"_FillValue of {name} is {fill}")
    if "flag_values" in variable.attrs:
        meanings = text_attribute(variable, "flag_meanings").split()
        require(len(meanings) == len(variable.attrs["flag_values"]),
                f"{name} has not one meaning for each value")
        require(set(numpy.unique(variable[...])) <= set(variable.attrs["flag_values"]),
                f"{name} has values without a meaning")


def check_range(name, variable):
    values = variable[...]
    for attribute, outside in (("valid_min", numpy.less), ("valid_max", numpy.greater)):
        if attribute in variable.attrs:
            bound = variable.attrs[attribute][0]
            require(not outside(values, bound).any(), f"{name} goes beyond its {attribute} {bound}")


def check_scales(name, variable):
    if text_attribute(variable, "CLASS") == "DIMENSION_SCALE":
        require(variable.ndim == 1 and (numpy.diff(variable[...]) > 0).all(),
                f"the scale {name} does not increase")
        return
    for axis, dimension in enumerate(variable.dims):
        require(len(dimension) == 1, f"axis {axis} of {name} has no scale")
        require(dimension[0].shape == (variable.shape[axis],),
                f"axis {axis} of {name} is longer or shorter than its scale")


def check_with_h5py(path):
    with h5py.File(path, "r") as file:
        require(text_attribute(file, "Conventions").startswith("CF-"), "no Conventions attribute")
        require(text_attribute(file, "title"), "no title")
        root = h5py.Group(h5py.h5g.open(file.id, b"/"))  # the file itself forgets its order
        require(next(iter(root)) == "run", "runs are not the first variable")
        groups = [root] + [root[name] for name in ("fixed", "workers", "regimes",
                                                   "expectations", "provenance") if name in root]
        for group in groups:
            order = group.id.get_create_plist().get_link_creation_order()
            require(order == h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED,
                    f"{group.name} does not keep the order of creation")
            for key, variable in group.items():
                name = f"{group.name}/{key}".replace("//", "/")
                if not isinstance(variable, h5py.Dataset):
                    continue
                check_type(name, variable)
                check_attributes(name, variable)
                check_range(name, variable)
                check_scales(name, variable)


def check_runs(results):
    for name in ("run", "time", "case", "twin", "point", "replicate"):
        require(name in results.coords, f"{name} is not a coordinate")
    require(results["time"].attrs.get("units") == "week", "the time is not in weeks")
    require((results["run"].values == numpy.arange(results.sizes["run"])).all(),
            "runs are not numbered from 0")
    for name in RUN_VARIABLES:
        require(name in results and results[name].dims == ("run",), f"{name}(run) is missing")
    require(all(isinstance(case, str) and case for case in results["case"].values),
            "a run has no case")
    for run, self in enumerate(results["self"].values):
        require(results["case"].values[self] == results["case"].values[run]
                and results["twin"].values[self] == "", f"run {run} has a wrong `self`")
    for status, state_hash in zip(results["status"].values, results["state_hash"].values):
        require(status != 0 or len(state_hash) == 16, f"`{state_hash}` is no hash of a state")


def check_params(path, results):
    params = {name for name in results.variables if name.startswith("p_")}
    for name in params:
        dims = results[name].dims
        expected = name[2:].split(".")[0] + "_element"
        require(dims in (("run",), ("run", expected)), f"{name} has dimensions {dims}")
    with xarray.open_dataset(path, engine="h5netcdf", group="fixed") as fixed:
        same = {name for name in fixed.variables if name.startswith("p_")}
        require(same, "no parameters are the same in all runs")
        require(not params & same, f"{params & same} vary and are the same in all runs")
        for name in same:
            dims = fixed[name].dims
            expected = name[2:].split(".")[0] + "_element"
            require(dims in ((), (expected,)), f"/fixed/{name} has dimensions {dims}")


def check_measures(results):
    measures = [name for name in results.variables
                if "formula" in results[name].attrs and f"{name}_sd" in results]
    require(measures, "no measures")
    for name in measures:
        require(results[name].dims == ("run", "time"),
                f"{name} has dimensions {results[name].dims}")
        require(results[f"{name}_sd"].dims == ("run", "time"), f"{name}_sd is misshapen")
        for suffix in ("_final", "_final_error"):
            require(f"{name}{suffix}" in results and results[f"{name}{suffix}"].dims == ("run",),
                    f"{name}{suffix}(run) is missing")
        for part in ("", "_sd", "_final", "_final_error", "_by_organisation"):
            if f"{name}{part}" in results:
                encoding = results[f"{name}{part}"].encoding
                require(numpy.isnan(encoding.get("_FillValue", 0)), f"{name}{part} has no NaN fill")
        if f"{name}_by_organisation" in results:
            require(results[f"{name}_by_organisation"].dims == ("run", "time", "organisation"),
                    f"{name}_by_organisation is misshapen")
            require(results["organisation_size"].dims == ("run", "organisation"),
                    "organisation_size is misshapen")


def check_workers(path):
    with xarray.open_dataset(path, engine="h5netcdf", group="workers") as workers:
        for name in ("worker", "time"):
            require(name in workers.coords, f"{name} is not a coordinate of the workers")
        for name in ("organisation", "label"):
            require(workers[name].dims == ("run", "worker"), f"/workers/{name} is misshapen")
        for name, variable in workers.data_vars.items():
            dims = variable.dims
            require(dims in (("run", "worker"), ("run", "time", "worker"),
                             ("run", "time", "worker", f"{name}_component")),
                    f"/workers/{name} has dimensions {dims}")


def check_regimes(path):
    with xarray.open_dataset(path, engine="h5netcdf", group="regimes") as regimes:
        require("regime" in regimes.coords, "regime is not a coordinate")
        for name in ("name", "share", "first_organisation", "organisations"):
            require(regimes[name].dims == ("run", "regime"), f"/regimes/{name} is misshapen")
        for name, variable in regimes.data_vars.items():
            if "formula" in variable.attrs:
                final = name.endswith(("_final", "_final_error"))
                require(variable.dims == (("run", "regime") if final else ("run", "time", "regime")),
                        f"/regimes/{name} has dimensions {variable.dims}")


def check_provenance(path):
    with xarray.open_dataset(path, engine="h5netcdf", group="provenance") as provenance:
        for name in PROVENANCE:
            require(name in provenance, f"/provenance/{name} is missing")
            text = provenance[name].item()
            require(isinstance(text, str), f"/provenance/{name} is not a text")
            require(text or name in ("config_text", "settings"), f"/provenance/{name} is empty")
        resolved = provenance["resolved_config"].item()
        require(resolved.startswith("model: "), "the resolved configuration names no model")
        require("cases:" in resolved, "the resolved configuration has no cases")
        require("HDF5 " in provenance["libraries"].item(), "the libraries do not name HDF5")


def main():
    path = sys.argv[1]
    try:
        check_with_h5py(path)
        with xarray.open_dataset(path, engine="h5netcdf") as results:
            results.load()
            check_runs(results)
            check_params(path, results)
            check_measures(results)
        with h5py.File(path, "r") as file:
            has_workers, has_regimes = "workers" in file, "regimes" in file
        if has_workers:
            check_workers(path)
        if has_regimes:
            check_regimes(path)
        check_provenance(path)
    except (OSError, KeyError, ValueError) as error:
        sys.exit(f"{path}: cannot be read: {error}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
