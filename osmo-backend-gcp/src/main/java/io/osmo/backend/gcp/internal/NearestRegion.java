// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds to the refusal of a region the one that was meant. Google names none in its answer, so these are the regions of its list; one that
 * it has opened since is only not suggested.
 *
 * @see <a href="https://docs.cloud.google.com/compute/docs/regions-zones">Compute Engine: regions and zones</a>
 */
final class NearestRegion {
    private static final List<String> KNOWN = List.of("""
            africa-south1 asia-east1 asia-east2 asia-northeast1 asia-northeast2 asia-northeast3 asia-south1 asia-south2
            asia-southeast1 asia-southeast2 australia-southeast1 australia-southeast2 europe-central2 europe-north1 europe-north2
            europe-southwest1 europe-west1 europe-west2 europe-west3 europe-west4 europe-west6 europe-west8 europe-west9
            europe-west10 europe-west12 me-central1 me-central2 me-west1 northamerica-northeast1 northamerica-northeast2
            northamerica-south1 southamerica-east1 southamerica-west1 us-central1 us-east1 us-east4 us-east5 us-south1 us-west1
            us-west2 us-west3 us-west4""".strip().split("\\s+"));

    private static final Pattern GIVEN = Pattern.compile(
            "/regions/([^/']+)' was not found|location \"?([a-z0-9-]+)\"? does not exist|unknown (?:region|location) '?([a-z0-9-]+)",
            Pattern.CASE_INSENSITIVE);

    private NearestRegion() {}

    /** @param refusal any answer of Google; returned as it is if it is not about a region */
    static CloudException of(CloudException refusal, String message) {
        Matcher given = GIVEN.matcher(message);
        if (refusal.field().filter("region"::equals).isEmpty() || !given.find()) {
            return refusal;
        }
        for (int group = 1; group <= given.groupCount(); group++) {
            String name = given.group(group);
            if (name != null) {
                return refusal.advising(refusal.remedy() + SettingsReader.didYouMean(name, KNOWN));
            }
        }
        return refusal;
    }
}
