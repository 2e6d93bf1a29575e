// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * What answers behind a service.
 *
 * @param ready addresses that are ready, over all its endpoint slices
 */
public record EndpointFacts(String namespace, String service, int ready) {
    @Override
    public String toString() {
        return "service/" + namespace + "/" + service;
    }
}
