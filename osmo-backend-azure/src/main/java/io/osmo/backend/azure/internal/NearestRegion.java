// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds to the refusal of a region the one that was meant, of those that Azure lists in its message.
 *
 * @see <a href="https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-location">error for a location</a>
 */
final class NearestRegion {
    private static final Pattern GIVEN =
            Pattern.compile("(?:provided location|found for location) '([^']+)'", Pattern.CASE_INSENSITIVE);
    private static final Pattern KNOWN = Pattern.compile(
            "(?:available regions for the resource type is|supported locations are) '([^']+)'",
            Pattern.CASE_INSENSITIVE);

    private NearestRegion() {}

    /** @param refusal any answer of Azure; returned as it is if it is not about a region */
    static CloudException of(CloudException refusal, String message) {
        Matcher given = GIVEN.matcher(message);
        Matcher known = KNOWN.matcher(message);
        return refusal.field().filter("region"::equals).isPresent() && given.find() && known.find()
                ? refusal.advising(refusal.remedy()
                        + SettingsReader.didYouMean(
                                given.group(1), List.of(known.group(1).split("\\s*,\\s*", -1))))
                : refusal;
    }
}
