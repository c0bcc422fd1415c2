"""Programs in arrays as MathOpt reads them."""

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from scipy.sparse import csr_array

FloatArray = NDArray[np.float64]


def math_opt_proto(
    objective: FloatArray,
    matrix: csr_array,
    lower: FloatArray,
    upper: FloatArray,
    most: FloatArray,
    *,
    whole: bool,
) -> model_pb2.ModelProto:
    """Maximise objective x, lower <= matrix x <= upper, 0 <= x <= most; x whole or not.

    Shapes [n], [m x n], [m], [m], [n].
    """
    rows, columns = matrix.shape
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(np.zeros(columns))
    proto.variables.upper_bounds.extend(most)
    proto.variables.integers.extend(np.full(columns, whole))
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(lower)
    proto.linear_constraints.upper_bounds.extend(upper)
    in_order = csr_array(matrix)
    in_order.sort_indices()
    entries = proto.linear_constraint_matrix
    entries.row_ids.extend(np.repeat(np.arange(rows), np.diff(in_order.indptr)))
    entries.column_ids.extend(in_order.indices)
    entries.coefficients.extend(in_order.data)
    valued = np.flatnonzero(objective)
    proto.objective.maximize = True
    proto.objective.linear_coefficients.ids.extend(valued)
    proto.objective.linear_coefficients.values.extend(objective[valued])
    return proto
