// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A spec that can be edited freely: things can be removed from it too. */
final class SpecDraft {
    final String name;
    final CloudFacts cloud;
    String region;
    boolean production;
    String version;
    int zoneCount = 2;
    /** Zones of the network by name; empty for {@link #zoneCount}. */
    List<String> zones = List.of();
    /** VM size of the system pool; empty for that of the product, and on clouds without one. */
    String systemMachine = "";

    boolean protection;
    List<PoolDraft> pools = new ArrayList<>();
    Map<String, String> tags = new TreeMap<>();
    List<String> admins = new ArrayList<>();

    SpecDraft(String name, CloudFacts cloud) {
        this.name = name;
        this.cloud = cloud;
        this.region = cloud.region();
        this.version = cloud.versions().get(cloud.versions().size() - 1);
    }

    /** The first spec of a history. */
    static SpecDraft first(String name, CloudFacts cloud, Random random) {
        SpecDraft draft = new SpecDraft(name, cloud);
        draft.production = random.nextInt(4) == 0;
        draft.version = cloud.versions().get(random.nextInt(cloud.versions().size()));
        draft.protection = random.nextInt(4) == 0 && !Exclusions.isExcluded(cloud.provider(), "protection");
        PoolDraft pool = new PoolDraft("cpu", false);
        pool.types.add(cloud.machines().get(random.nextInt(cloud.machines().size())));
        draft.pools.add(pool);
        return draft;
    }

    SpecDraft copy() {
        SpecDraft copy = new SpecDraft(name, cloud);
        copy.region = region;
        copy.production = production;
        copy.version = version;
        copy.zoneCount = zoneCount;
        copy.zones = zones;
        copy.systemMachine = systemMachine;
        copy.protection = protection;
        pools.forEach(pool -> copy.pools.add(pool.copy()));
        copy.tags.putAll(tags);
        copy.admins.addAll(admins);
        return copy;
    }

    /** @throws io.osmo.backend.error.InvalidSpecException when the edits have led to what cannot be */
    BackendSpec spec() {
        BackendSpecBuilder spec = BackendSpec.builder(name)
                .on(cloud.provider(), region)
                .profile(production ? Profile.PRODUCTION : Profile.DEVELOPMENT)
                .kubernetesVersion(version)
                .deletionProtection(protection)
                .network(network -> {
                    if (zones.isEmpty()) {
                        network.zoneCount(zoneCount);
                    } else {
                        network.zones(zones.toArray(String[]::new));
                    }
                });
        if (!systemMachine.isEmpty()) {
            spec.settings(
                    AksSettings.builder().systemInstanceType(systemMachine).build());
        }
        if (production) {
            spec.operatorPool(pool -> pool.label(PoolDraft.LABEL, BackendSpecBuilder.OPERATOR_POOL));
        }
        for (PoolDraft pool : pools) {
            if (pool.gpu) {
                spec.gpuPool(pool.name, pool::write);
            } else {
                spec.computePool(pool.name, pool::write);
            }
        }
        tags.forEach(spec::tag);
        admins.forEach(spec::admin);
        return spec.build();
    }
}
