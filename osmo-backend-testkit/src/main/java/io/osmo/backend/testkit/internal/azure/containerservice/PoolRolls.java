// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The releases that pools get, and the rolls of their nodes that this takes. */
final class PoolRolls {
    /** State of a pool whose nodes get the newest image. */
    static final String NEWEST = "UpgradingNodeImageVersion";

    private final AzureSubscription azure;
    private final PoolMachines machines;
    private final NodeImages images;
    private final Map<String, PoolRoll> rolls = new HashMap<>();
    private final BiFunction<Resource, Resource, Optional<ArmError>> quota;

    /** @param quota why the account may not have another machine of a pool of a cluster */
    PoolRolls(
            AzureSubscription azure,
            PoolMachines machines,
            NodeImages images,
            BiFunction<Resource, Resource, Optional<ArmError>> quota) {
        this.azure = azure;
        this.machines = machines;
        this.images = images;
        this.quota = quota;
    }

    /** Goes on with the roll of a pool in an operation on it or its cluster; the time to its next step, empty when it is over. */
    Optional<Duration> proceed(Resource cluster, Resource pool, Operation operation) {
        PoolRoll roll = rolls.get(pool.key);
        if (roll == null || !roll.isOf(operation)) {
            Release wanted = wanted(pool, operation.state.equals(NEWEST));
            if (!Release.of(pool).isKnown() || wanted.equals(Release.of(pool))) {
                rolls.remove(pool.key);
                return Optional.empty();
            }
            roll = new PoolRoll(
                    machines, azure::now, operation, cluster, pool, wanted, () -> quota.apply(cluster, pool));
            rolls.put(pool.key, roll);
        }
        return roll.proceed();
    }

    /** Gives a pool what it was rolled to, or what its first nodes get; an error if the roll has failed. */
    Optional<ArmError> end(Resource pool) {
        PoolRoll roll = rolls.remove(pool.key);
        Optional<ArmError> error = Optional.ofNullable(roll).flatMap(PoolRoll::error);
        if (error.isEmpty()) {
            (roll == null ? wanted(pool, false) : roll.release()).give(pool);
        }
        return error;
    }

    private Release wanted(Resource pool, boolean newestImage) {
        String requested = pool.text("orchestratorVersion");
        String running = pool.computed("currentOrchestratorVersion");
        String version = !running.isEmpty() && Versions.keeps(requested, running)
                ? running
                : Versions.resolve(requested).orElseThrow();
        boolean keeps = version.equals(running) && NodeImages.fits(pool, version) && !newestImage;
        return new Release(version, keeps ? pool.computed("nodeImageVersion") : images.newest(pool, version));
    }
}
