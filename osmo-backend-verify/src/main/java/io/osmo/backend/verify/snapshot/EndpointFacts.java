// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * The endpoints of a service.
 *
 * @param ready number of ready addresses in all its endpoint slices
 */
public record EndpointFacts(String namespace, String service, int ready) {
    @Override
    public String toString() {
        return "service/" + namespace + "/" + service;
    }
}
