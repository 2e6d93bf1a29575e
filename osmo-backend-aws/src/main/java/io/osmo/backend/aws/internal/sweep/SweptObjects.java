// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import java.util.List;

/**
 * Objects that a sweep has found.
 *
 * @param ids the cloud's own ids, sorted; ARNs where a service has no others
 */
public record SweptObjects(List<String> ids) {
    public SweptObjects {
        ids = ids.stream().distinct().sorted().toList();
    }
}
