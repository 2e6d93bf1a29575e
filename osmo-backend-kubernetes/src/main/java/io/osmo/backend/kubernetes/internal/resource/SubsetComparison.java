// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares a desired object with the existing one. Fields that the desired object does not have belong to others, such as
 * defaults of the API server and fields of other managers. Pure.
 *
 * <p>Lists that Kubernetes merges by a key (containers, environment variables …) are compared by that key and may hold
 * further elements; all other lists are atomic, and must have the same elements in the same order.
 */
public final class SubsetComparison {
    /** Keys of the lists that the API declares as {@code listType=map} or as merged by a key. */
    private static final Map<String, List<String>> MERGE_KEYS = Map.of(
            "containers", List.of("name"),
            "initContainers", List.of("name"),
            "env", List.of("name"),
            "volumes", List.of("name"),
            "imagePullSecrets", List.of("name"),
            "volumeMounts", List.of("mountPath"),
            "ports", List.of("containerPort", "port"),
            "topologySpreadConstraints", List.of("topologyKey"));

    /**
     * Fields of the API that are declared {@code bool} with {@code omitempty}. The absence of other flags can mean true, such as that of
     * {@code automountServiceAccountToken}.
     */
    private static final Set<String> FALSE_BY_ABSENCE = Set.of(
            "globalDefault",
            "hostIPC",
            "hostNetwork",
            "hostPID",
            "paused",
            "preserveUnknownFields",
            "publishNotReadyAddresses",
            "readOnly",
            "stdin",
            "stdinOnce",
            "tty",
            "unschedulable");

    private static final Set<String> QUANTITIES = Set.of("limits", "requests");
    private static final String NOTHING = "(none)";

    private final Predicate<String> exact;
    private final List<Difference> differences = new ArrayList<>();

    /** One field that is not as wanted. */
    public record Difference(String field, String before, String after) {
        static Difference of(String field, @Nullable Object live, @Nullable Object wanted) {
            return new Difference(field, text(live), text(wanted));
        }
    }

    private SubsetComparison(Predicate<String> exact) {
        this.exact = exact;
    }

    /**
     * @param exact paths of fields that must not contain more than the desired elements
     * @return differences in a stable order; empty if the existing object has all desired fields
     */
    public static List<Difference> differences(
            Map<String, Object> wanted, Map<String, Object> live, Predicate<String> exact) {
        SubsetComparison comparison = new SubsetComparison(exact);
        comparison.maps("", wanted, live);
        return List.copyOf(comparison.differences);
    }

    private void values(String path, String name, @Nullable Object wanted, @Nullable Object live) {
        if (isEmpty(wanted)) {
            if (exact.test(path) && !isEmpty(live)) {
                differ(path, live, wanted);
            }
        } else if (wanted instanceof Map<?, ?> wantedMap && live instanceof Map<?, ?> liveMap) {
            maps(path, wantedMap, liveMap);
        } else if (wanted instanceof List<?> wantedList && live instanceof List<?> liveList) {
            lists(path, name, wantedList, liveList);
        } else if (!(live == null && isLeftOut(name, wanted)) && !scalars(path, wanted, live)) {
            differ(path, live, wanted);
        }
    }

    private void maps(String path, Map<?, ?> wanted, Map<?, ?> live) {
        Set<String> keys = new TreeSet<>();
        wanted.keySet().forEach(key -> keys.add(String.valueOf(key)));
        if (exact.test(path)) {
            live.keySet().forEach(key -> keys.add(String.valueOf(key)));
        }
        for (String key : keys) {
            String field = child(path, key);
            if (!wanted.containsKey(key)) {
                differ(field, live.get(key), null);
            } else {
                values(field, key, wanted.get(key), live.get(key));
            }
        }
    }

    private void lists(String path, String name, List<?> wanted, List<?> live) {
        Optional<String> key = mergeKey(name, wanted, live);
        if (key.isPresent()) {
            for (Object element : wanted) {
                Object value = ((Map<?, ?>) element).get(key.get());
                String field = path + "[" + key.get() + "=" + value + "]";
                live.stream()
                        .filter(l -> Objects.equals(((Map<?, ?>) l).get(key.get()), value))
                        .findFirst()
                        .ifPresentOrElse(
                                found -> values(field, name, element, found), () -> differ(field, null, element));
            }
        } else if (wanted.size() != live.size()) {
            differ(path, live, wanted);
        } else {
            for (int i = 0; i < wanted.size(); i++) {
                values(path + "[" + i + "]", name, wanted.get(i), live.get(i));
            }
        }
    }

    private static Optional<String> mergeKey(String name, List<?> wanted, List<?> live) {
        return MERGE_KEYS.getOrDefault(name, List.of()).stream()
                .filter(key -> distinct(key, wanted) && distinct(key, live))
                .findFirst();
    }

    private static boolean distinct(String key, List<?> list) {
        Set<@Nullable Object> seen = new HashSet<>();
        return list.stream()
                .allMatch(
                        element -> element instanceof Map<?, ?> map && map.get(key) != null && seen.add(map.get(key)));
    }

    private static boolean scalars(String path, @Nullable Object wanted, @Nullable Object live) {
        if (Objects.equals(wanted, live)) {
            return true;
        }
        if (wanted instanceof Number a && live instanceof Number b) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
        }
        return isQuantity(path)
                && wanted != null
                && live != null
                && Quantity.parse(wanted.toString()).equals(Quantity.parse(live.toString()));
    }

    /** Whether the API server leaves out a field that has this value, because it is what the absence of the field means. */
    private static boolean isLeftOut(String name, @Nullable Object wanted) {
        return "".equals(wanted)
                || wanted instanceof Number number && number.doubleValue() == 0
                || Boolean.FALSE.equals(wanted) && FALSE_BY_ABSENCE.contains(name);
    }

    private static boolean isQuantity(String path) {
        String[] names = path.split("\\.", -1);
        return names.length > 1 && QUANTITIES.contains(names[names.length - 2].replaceAll("\\[.*", ""))
                || QUANTITIES.stream().anyMatch(q -> path.contains("." + q + "["));
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof Collection<?> list && list.isEmpty();
    }

    private void differ(String field, @Nullable Object live, @Nullable Object wanted) {
        differences.add(Difference.of(field, live, wanted));
    }

    private static String text(@Nullable Object value) {
        return isEmpty(value) ? NOTHING : String.valueOf(value);
    }

    static String child(String path, String key) {
        if (key.indexOf('.') >= 0 || key.indexOf('/') >= 0) {
            return path + "[" + key + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }
}
