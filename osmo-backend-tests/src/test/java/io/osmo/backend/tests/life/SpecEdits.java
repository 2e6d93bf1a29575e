// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.spec.Replacement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What users do to a spec. An edit that is not possible where it is tried does nothing, and says nothing. */
final class SpecEdits {
    /** Names with prefixes of each other, as people choose them. */
    static final List<String> NAMES = List.of("cpu", "cpu-2", "gpu", "etl", "cpu-22");

    private final SpecDraft draft;
    private final Random random;

    private SpecEdits(SpecDraft draft, Random random) {
        this.draft = draft;
        this.random = random;
    }

    @FunctionalInterface
    private interface Edit {
        Optional<String> make(SpecEdits edits);
    }

    private record Named(String name, Edit edit) {}

    /** Some are in it twice, because they are made more often. */
    private static final List<Named> ALL = List.of(
            new Named("add pool", SpecEdits::addPool),
            new Named("add pool", SpecEdits::addPool),
            new Named("remove pool", SpecEdits::removePool),
            new Named("scale", SpecEdits::scale),
            new Named("scale", SpecEdits::scale),
            new Named("add type", SpecEdits::addType),
            new Named("add type", SpecEdits::addType),
            new Named("swap types", SpecEdits::swapTypes),
            new Named("remove type", SpecEdits::removeType),
            new Named("pool zones", SpecEdits::poolZones),
            new Named("spot", SpecEdits::spot),
            new Named("tag", SpecEdits::tag),
            new Named("disk", SpecEdits::disk),
            new Named("label", SpecEdits::label),
            new Named("taint", SpecEdits::taint),
            new Named("upgrade", SpecEdits::upgrade),
            new Named("upgrade", SpecEdits::upgrade),
            new Named("protection", SpecEdits::protection),
            new Named("admin", SpecEdits::admin),
            new Named("network zones", SpecEdits::networkZones),
            new Named("replacement", SpecEdits::replacement));

    /** Those that came later, by cloud: drawn apart, so that the histories of known seeds stay as they were. */
    private static final Map<String, List<Named>> LATER = Map.of(
            "azure",
                    List.of(
                            new Named("system pool", SpecEdits::systemPool),
                            new Named("names of network zones", SpecEdits::zoneNames)),
            "gcp",
                    List.of(
                            new Named("move pool", SpecEdits::movePool),
                            new Named("names of network zones", SpecEdits::zoneNames)));

    /** Makes one to three edits and says which. */
    static String edit(SpecDraft draft, Random random) {
        SpecEdits edits = new SpecEdits(draft, random);
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Named next = ALL.get(random.nextInt(ALL.size()));
            if (Exclusions.isExcluded(draft.cloud.provider(), next.name())) {
                continue;
            }
            next.edit()
                    .make(edits)
                    .ifPresent(done -> text.append(text.isEmpty() ? "" : ", ").append(done));
        }
        return text.isEmpty() ? "no edit" : text.toString();
    }

    /** Makes one of the edits that came later, or none, and says which. */
    static String later(SpecDraft draft, Random random) {
        List<Named> possible = LATER.getOrDefault(draft.cloud.provider(), List.of());
        if (possible.isEmpty() || random.nextInt(3) == 0) {
            return "";
        }
        Named next = possible.get(random.nextInt(possible.size()));
        return next.edit()
                .make(new SpecEdits(draft, random))
                .map(done -> ", " + done)
                .orElse("");
    }

    private PoolDraft pool() {
        return draft.pools.get(random.nextInt(draft.pools.size()));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Optional<String> addPool() {
        List<String> free = NAMES.stream()
                .filter(name -> draft.pools.stream().noneMatch(p -> p.name.equals(name)))
                .toList();
        if (free.isEmpty() || draft.pools.size() >= 3) {
            return Optional.empty();
        }
        String name = any(free);
        PoolDraft pool = new PoolDraft(name, name.equals("gpu"));
        pool.types.add(pool.gpu ? draft.cloud.gpuMachine() : any(draft.cloud.machines()));
        pool.min = random.nextInt(3) == 0 ? 0 : 1;
        if (pool.gpu) {
            pool.disk = 200;
        }
        draft.pools.add(pool);
        return Optional.of("add pool " + pool);
    }

    private Optional<String> removePool() {
        if (draft.pools.size() < 2) {
            return Optional.empty();
        }
        PoolDraft pool = pool();
        draft.pools.remove(pool);
        return Optional.of("remove pool " + pool.name);
    }

    private Optional<String> scale() {
        PoolDraft pool = pool();
        pool.min = random.nextInt(3);
        if (Exclusions.isExcluded(draft.cloud.provider(), "scale to zero")) {
            pool.min = Math.max(1, pool.min);
        }
        pool.max = Math.max(1, pool.min) + random.nextInt(3);
        return Optional.of("scale " + pool.name + " to " + pool.min + "-" + pool.max);
    }

    private Optional<String> addType() {
        PoolDraft pool = pool();
        List<String> free = draft.cloud.machines().stream()
                .filter(type -> !pool.types.contains(type))
                .toList();
        if (pool.gpu || free.isEmpty()) {
            return Optional.empty();
        }
        String type = any(free);
        pool.types.add(random.nextInt(pool.types.size() + 1), type);
        return Optional.of("types of " + pool.name + " " + pool.types);
    }

    private Optional<String> swapTypes() {
        PoolDraft pool = pool();
        if (pool.types.size() < 2) {
            return Optional.empty();
        }
        Collections.reverse(pool.types);
        return Optional.of("types of " + pool.name + " " + pool.types);
    }

    private Optional<String> removeType() {
        PoolDraft pool = pool();
        if (pool.types.size() < 2) {
            return Optional.empty();
        }
        pool.types.remove(random.nextInt(pool.types.size()));
        return Optional.of("types of " + pool.name + " " + pool.types);
    }

    private Optional<String> poolZones() {
        PoolDraft pool = pool();
        pool.zones =
                random.nextInt(3) == 0 ? List.of() : List.of(draft.cloud.zones().get(random.nextInt(2)));
        return Optional.of("zones of " + pool.name + " " + pool.zones);
    }

    /** One or two zones, of which the pool had any or none. */
    private Optional<String> movePool() {
        PoolDraft pool = pool();
        pool.zones = someZones();
        return Optional.of("move " + pool.name + " to " + pool.zones);
    }

    private Optional<String> zoneNames() {
        draft.zones = random.nextInt(4) == 0 ? List.of() : someZones();
        return Optional.of("network in zones " + draft.zones);
    }

    private List<String> someZones() {
        List<String> zones = new ArrayList<>(draft.cloud.zones());
        Collections.shuffle(zones, random);
        return zones.subList(0, 1 + random.nextInt(2)).stream().sorted().toList();
    }

    private Optional<String> systemPool() {
        draft.systemMachine = any(draft.cloud.machines());
        return Optional.of("system pool of " + draft.systemMachine);
    }

    private Optional<String> spot() {
        PoolDraft pool = pool();
        pool.spot = !pool.spot;
        return Optional.of(pool.name + (pool.spot ? " on spot" : " on demand"));
    }

    private Optional<String> tag() {
        if (!draft.tags.isEmpty() && random.nextInt(3) == 0) {
            String key = any(List.copyOf(draft.tags.keySet()));
            draft.tags.remove(key);
            return Optional.of("remove tag " + key);
        }
        String key = any(List.of("team", "cost-center"));
        draft.tags.put(key, "v" + random.nextInt(3));
        return Optional.of("tag " + key + "=" + draft.tags.get(key));
    }

    private Optional<String> disk() {
        PoolDraft pool = pool();
        pool.disk = any(List.of(100, 150, 300));
        return Optional.of("disk of " + pool.name + " " + pool.disk + " GiB");
    }

    private Optional<String> label() {
        PoolDraft pool = pool();
        if (pool.labels.remove("team") != null) {
            return Optional.of("remove label team of " + pool.name);
        }
        pool.labels.put("team", "v" + random.nextInt(3));
        return Optional.of("label team=" + pool.labels.get("team") + " of " + pool.name);
    }

    private Optional<String> taint() {
        PoolDraft pool = pool();
        if (pool.taints.remove("dedicated")) {
            return Optional.of("remove taint dedicated of " + pool.name);
        }
        pool.taints.add("dedicated");
        return Optional.of("taint dedicated of " + pool.name);
    }

    private Optional<String> upgrade() {
        int next = draft.cloud.versions().indexOf(draft.version) + 1;
        if (next >= draft.cloud.versions().size()) {
            return Optional.empty();
        }
        draft.version = draft.cloud.versions().get(next);
        return Optional.of("upgrade to " + draft.version);
    }

    private Optional<String> protection() {
        draft.protection = !draft.protection;
        return Optional.of("deletion protection " + (draft.protection ? "on" : "off"));
    }

    private Optional<String> admin() {
        if (draft.cloud.admins().isEmpty()) {
            return Optional.empty();
        }
        String admin = any(draft.cloud.admins());
        if (draft.admins.remove(admin)) {
            return Optional.of("remove admin " + admin);
        }
        draft.admins.add(admin);
        return Optional.of("admin " + admin);
    }

    private Optional<String> networkZones() {
        draft.zoneCount = draft.zoneCount == 2 ? 3 : 2;
        return Optional.of("network in " + draft.zoneCount + " zones");
    }

    private Optional<String> replacement() {
        PoolDraft pool = pool();
        pool.replacement = pool.replacement == Replacement.SURGE ? Replacement.RECREATE : Replacement.SURGE;
        return Optional.of(pool.name + " replaced by " + pool.replacement);
    }
}
