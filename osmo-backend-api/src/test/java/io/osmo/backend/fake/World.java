// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.fake;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A fake cloud, its provider, its time and an entry point on them. */
public final class World implements AutoCloseable {
    public final VirtualTime time;
    public final FakeCloud cloud;
    public final FakeProvider provider;
    public final OsmoBackends osmo;

    public World() {
        this(0);
    }

    public World(long seed) {
        time = VirtualTime.seeded(seed);
        cloud = new FakeCloud(time);
        provider = new FakeProvider(cloud);
        osmo = OsmoBackends.builder().provider(provider).scheduler(time).build();
    }

    public static BackendSpec spec() {
        return spec("train");
    }

    public static BackendSpec spec(String name) {
        return BackendSpec.builder(name)
                .on("fake", "here")
                .profile(Profile.DEVELOPMENT)
                .computePool("cpu", p -> p.instanceType("m1").scale(1, 2))
                .build();
    }

    public static BackendRef ref() {
        return new BackendRef("fake", "here", "train");
    }

    /** Network, cluster, two pools: the shape of a real one. */
    public List<FakeResource> small() {
        return List.of(
                resource("vpc/main", 1),
                resource("subnet/a", 5, "vpc/main"),
                resource("subnet/b", 5, "vpc/main"),
                resource("role/cluster", 5),
                resource("cluster/main", 600, "subnet/a", "subnet/b", "role/cluster")
                        .with("version", "1.34"),
                resource("pool/cpu", 120, "cluster/main")
                        .with("size", "2")
                        .with("label", "x")
                        .in("cpu"),
                resource("pool/gpu", 240, "cluster/main").in("gpu"),
                resource("addon/dns", 30, "pool/cpu"));
    }

    public FakeResource resource(String id, int seconds, String... after) {
        return FakeResource.of(cloud, id, Duration.ofSeconds(seconds), after);
    }

    /** What stands, without serial numbers. */
    public Map<ResourceId, Map<String, String>> standing() {
        Map<ResourceId, Map<String, String>> standing = new TreeMap<>();
        cloud.things().forEach(t -> {
            if (standing.put(t.id(), t.fields()) != null) {
                throw new AssertionError("two of " + t.id());
            }
        });
        return standing;
    }

    @Override
    public void close() {
        osmo.close();
    }
}
