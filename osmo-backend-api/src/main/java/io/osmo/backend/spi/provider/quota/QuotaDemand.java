// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a backend needs of quotas in addition to what it uses.
 *
 * @param machines of the pools, at most one entry for each pool and type
 * @param objects what each object that is created uses, by quota code
 */
record QuotaDemand(List<MachineNeed> machines, Map<ResourceId, Map<String, Long>> objects) {
    static <C extends ProviderContext, B extends QuotaBook> QuotaDemand of(
            QuotaSource<C, B> source, Survey<C> survey, Inventory inventory, B book) {
        List<MachineNeed> machines = List.copyOf(source.machines(survey, inventory, book).stream()
                .filter(need -> need.nodes() > 0)
                .collect(Collectors.toMap(
                        need -> List.of(need.pool(), need.machine().type()),
                        need -> need,
                        MachineNeed::and,
                        LinkedHashMap::new))
                .values());
        Map<ResourceId, Map<String, Long>> objects = new TreeMap<>();
        survey.created(inventory).forEach(id -> objects.put(id, source.objects(id, survey)));
        return new QuotaDemand(machines, objects);
    }

    List<MachineNeed> of(String pool) {
        return machines.stream().filter(need -> need.pool().equals(pool)).toList();
    }

    /** This, with the machines of a pool and the objects as another demand has them. */
    QuotaDemand with(String pool, QuotaDemand other) {
        List<MachineNeed> changed = new ArrayList<>(machines);
        changed.removeIf(need -> need.pool().equals(pool));
        changed.addAll(other.of(pool));
        return new QuotaDemand(changed, other.objects);
    }

    /** How much each part of the backend needs, by quota code; codes are sorted. */
    Map<String, Map<String, Long>> parts() {
        Map<String, Map<String, Long>> parts = new TreeMap<>();
        machines.forEach(need ->
                need.draws().forEach((code, amount) -> add(parts, code, "pool " + need.pool(), amount)));
        objects.forEach((id, draws) -> draws.forEach((code, amount) -> add(parts, code, id.toString(), amount)));
        return parts;
    }

    private static void add(Map<String, Map<String, Long>> parts, String code, String part, long amount) {
        parts.computeIfAbsent(code, c -> new LinkedHashMap<>()).merge(part, amount, Long::sum);
    }

    /** How much is needed in total, by quota code. */
    Map<String, Long> amounts() {
        Map<String, Long> amounts = new TreeMap<>();
        parts().forEach((code, parts) -> amounts.put(
                code, parts.values().stream().mapToLong(amount -> amount).sum()));
        return amounts;
    }
}
