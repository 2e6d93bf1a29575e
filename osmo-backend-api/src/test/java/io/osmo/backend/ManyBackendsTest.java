// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.fake.FakeCloud;
import io.osmo.backend.fake.FakeProvider;
import io.osmo.backend.fake.FakeResource;
import io.osmo.backend.fake.World;
import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A thousand backends at once, on real threads, whose number does not grow with them. */
class ManyBackendsTest {
    private static final int BACKENDS = 1000;

    @Test
    void a_thousand_applies_share_a_few_threads() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try (SystemScheduler scheduler = new SystemScheduler()) {
            List<OsmoBackends> open = new ArrayList<>();
            List<ApplyHandle> handles = new ArrayList<>();
            for (int i = 0; i < BACKENDS; i++) {
                // Each has a cloud of its own; its objects are ready at once, so that only the threads take real time.
                FakeCloud cloud = new FakeCloud(VirtualTime.create());
                FakeProvider provider = new FakeProvider(cloud);
                provider.want(List.of(
                        FakeResource.of(cloud, "vpc/main", Duration.ZERO),
                        FakeResource.of(cloud, "cluster/main", Duration.ZERO, "vpc/main"),
                        FakeResource.of(cloud, "pool/cpu", Duration.ZERO, "cluster/main")));
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(provider)
                        .scheduler(scheduler)
                        .build();
                open.add(osmo);
                var spec = World.spec(String.format("train-%03d", i));
                handles.add(osmo.start(
                        osmo.plan(spec),
                        ApplyOptions.defaults()
                                .listener(event ->
                                        threads.add(Thread.currentThread().getName()))));
            }
            handles.forEach(ApplyHandle::await);
            open.forEach(OsmoBackends::close);
        }
        assertThat(threads.stream().filter(name -> name.startsWith("osmo-backend-")))
                .hasSizeLessThanOrEqualTo(SystemScheduler.MAX_CALLS + 1);
        assertThat(SystemScheduler.MAX_CALLS + 1).isLessThanOrEqualTo(64);
    }
}
