// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.util.Optional;

/**
 * A release of the OSMO service.
 *
 * @param hash of a development build; empty for a release
 */
public record ServiceVersion(String major, String minor, String revision, Optional<String> hash) {
    /** Without the hash, such as {@code 6.3.1}. */
    public String release() {
        return major + "." + minor + "." + revision;
    }

    /** In the format of the service and its operators, such as {@code 6.3.1} or {@code 6.4.0.1da31e1}. */
    @Override
    public String toString() {
        return release() + hash.map(text -> "." + text).orElse("");
    }
}
