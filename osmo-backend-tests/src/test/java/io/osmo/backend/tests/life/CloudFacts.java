// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import java.time.Instant;
import java.util.List;

/**
 * What the generator of specs must know of a cloud.
 *
 * @param provider id of the provider
 * @param start the time at which histories begin, at which the cloud supports all of the versions
 * @param machines types of machines for pools without GPUs
 * @param gpuMachine a type with GPUs
 * @param versions of Kubernetes, oldest first, each one minor version after the one before
 * @param zones of the region, by name
 * @param admins principals that may become administrators
 */
record CloudFacts(
        String provider,
        Instant start,
        String region,
        String otherRegion,
        List<String> machines,
        String gpuMachine,
        List<String> versions,
        List<String> zones,
        List<String> admins) {
    /** A zone as stock-outs name it: Azure numbers the zones of a region. */
    String place(String zone) {
        return zone.length() == 1 ? region + "-" + zone : zone;
    }
}
