// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Concern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pools of a spec, as expectations of the nodes that exist. */
final class PoolConcern implements Concern<ExistingContext> {
    @Override
    public List<String> warnings(ExistingContext context, Optional<BackendSpec> spec, Inventory inventory) {
        Map<String, List<String>> problems = spec.stream()
                .flatMap(wanted -> ExpectedPool.all(wanted, inventory))
                .flatMap(pool -> Stream.concat(pool.problem().stream(), pool.remarks()))
                .collect(Collectors.groupingBy(
                        ExpectedPool.Problem::remedy,
                        LinkedHashMap::new,
                        Collectors.mapping(ExpectedPool.Problem::text, Collectors.toList())));
        List<String> warnings = new ArrayList<>();
        problems.forEach((remedy, texts) -> {
            int last = texts.size() - 1;
            warnings.addAll(texts.subList(0, last));
            warnings.add(texts.get(last) + (last == 0 ? ": " : ". For these " + texts.size() + " pools: ") + remedy);
        });
        return warnings;
    }
}
