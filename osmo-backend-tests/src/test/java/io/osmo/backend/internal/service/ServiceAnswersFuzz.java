// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.tests.fuzz.FuzzTarget;
import io.osmo.backend.tests.fuzz.Mutations;
import io.osmo.backend.tests.fuzz.Tries;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever JSON answers in place of OSMO's service is read: what is missing or of another type counts as not said. */
class ServiceAnswersFuzz extends FuzzTarget {
    private static final Mutations ANSWERS = new Mutations(List.of("""
            {"backends":[{"name":"b","description":"d","version":"6.3.0","k8s_uid":"u","k8s_namespace":"n","router_address":"wss://r",
            "last_heartbeat":"2026-01-02T03:04:05.678","online":true}],"major":"6","minor":"3","revision":"0","hash":"h"}""", """
            {"node_sets":[{"pools":[{"name":"p","description":"","status":"ONLINE","backend":"b","default_platform":"x",
            "platforms":{"x":{}},"resource_usage":{"quota_used":"1","quota_free":2.5,"total_capacity":"1e3"}}]}],
            "pools":{"p":{"status":"ONLINE","backend":"b","platforms":{"x":{"labels":{"a":"b"}}}}}}""", """
            {"resources":[{"hostname":"h","backend":"b","pool_platform_labels":{"p":["x"]},"exposed_fields":{"cpu":"4"},
            "conditions":["Ready"],"usage_fields":{"gpu":1},"allocatable_fields":{"gpu":"8"}}]}""", """
            {"roles":[{"name":"r","policies":[{"effect":"Allow","actions":[{"base":"pool:List"}],"resources":["pool/*"]}]}],
            "name":"w","status":"FAILED","pool":"p","groups":[{"name":"g","status":"FAILED","failure_message":"m",
            "tasks":[{"name":"t","status":"FAILED","failure_message":"m","exit_code":1}]}]}"""));

    @Property(shrinking = ShrinkingMode.OFF)
    void answers_of_osmos_service(@ForAll long seed) {
        Tries.read("ServiceJson", ANSWERS, seed, node -> {
            assertThat(ServiceJson.version(node)).isNotNull();
            assertThat(ServiceJson.backends(node)).isNotNull();
            assertThat(ServiceJson.backend(node)).isNotNull();
            assertThat(ServiceJson.pools(node)).isNotNull();
            assertThat(ServiceJson.nodes(node)).isNotNull();
            assertThat(ServiceJson.gpus(node)).isNotNull();
            assertThat(ServiceJson.roles(node)).isNotNull();
            assertThat(ServiceJson.workflow(node)).isNotNull();
        });
    }
}
