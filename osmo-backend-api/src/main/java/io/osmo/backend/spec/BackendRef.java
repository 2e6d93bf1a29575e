// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/**
 * Names one backend: which provider, where, which one.
 *
 * @param provider provider id, such as {@code aws}
 * @param region region in the cloud's own spelling
 * @param name name of the backend
 */
public record BackendRef(String provider, String region, String name) {
    @Override
    public String toString() {
        return provider + "/" + region + "/" + name;
    }
}
