// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** VM sizes with GPUs that Microsoft has retired: learn.microsoft.com/azure/virtual-machines/sizes/retirement. */
public final class RetiredTypes {
    private static final List<Map.Entry<Pattern, String>> RETIRED = List.of(
            Map.entry(Pattern.compile("(?i)Standard_NC\\d+r?s_v3"), "the NCv3 series was retired on 2025-09-30"),
            Map.entry(Pattern.compile("(?i)Standard_NC\\d+r?s_v2"), "the NCv2 series was retired on 2023-08-31"),
            Map.entry(Pattern.compile("(?i)Standard_ND\\d+r?s"), "the ND series was retired on 2023-08-31"),
            Map.entry(Pattern.compile("(?i)Standard_NC\\d+r?"), "the NC series was retired on 2023-08-31"));

    private RetiredTypes() {}

    /** Why a size cannot be had any more; empty when it can. */
    public static Optional<String> of(String size) {
        return RETIRED.stream()
                .filter(entry -> entry.getKey().matcher(size).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
