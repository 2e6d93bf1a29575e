// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** What a request must have according to the vendor's models, which its clients do not know. */
final class RequiredMembers {
    /** Paths of members, such as {@code encryptionConfig.resources}, by operation, such as {@code eks:CreateCluster}. */
    private static final Map<String, List<String>> PATHS = load();

    private RequiredMembers() {}

    private static Map<String, List<String>> load() {
        Map<String, List<String>> paths = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RequiredMembers.class.getResourceAsStream("required-members.txt")),
                StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> words = List.of(line.split(" "));
                paths.put(words.get(0), words.subList(1, words.size()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }

    /** All of them, by operation. */
    static Map<String, List<String>> all() {
        return PATHS;
    }

    /** The first member that is missing. */
    static Optional<String> missing(String operation, SdkPojo request) {
        return PATHS.getOrDefault(operation, List.of()).stream()
                .filter(path -> isMissing(request, Arrays.asList(path.split("\\."))))
                .findFirst();
    }

    /** Whether the last member of a path is missing somewhere where the ones before are not. */
    private static boolean isMissing(@Nullable Object value, List<String> path) {
        if (value instanceof Collection<?> items) {
            return items.stream().anyMatch(item -> isMissing(item, path));
        }
        if (value instanceof Map<?, ?> entries) {
            return isMissing(entries.values(), path);
        }
        if (!(value instanceof SdkPojo pojo)) {
            return false;
        }
        return field(pojo, path.get(0))
                .map(field -> {
                    Object member = field.getValueOrDefault(pojo);
                    boolean present = Values.isPresent(member);
                    return path.size() == 1 ? !present : present && isMissing(member, path.subList(1, path.size()));
                })
                // The models are newer than the client: a member that it does not know cannot arrive.
                .orElse(false);
    }

    /** The vendor's generator renames a few members, which keep their name on the wire. */
    static Optional<SdkField<?>> field(SdkPojo pojo, String member) {
        return pojo.sdkFields().stream()
                .filter(field -> field.memberName().equalsIgnoreCase(member)
                        || field.locationName().equalsIgnoreCase(member))
                .findFirst();
    }
}
