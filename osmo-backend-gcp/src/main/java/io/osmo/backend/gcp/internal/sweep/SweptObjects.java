// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.sweep;

import java.util.List;

/**
 * Objects that a sweep has found.
 *
 * @param ids their paths, which begin with {@code projects/}, sorted
 */
public record SweptObjects(List<String> ids) {
    public SweptObjects {
        ids = ids.stream().distinct().sorted().toList();
    }
}
