// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.kubernetes.internal.client.ApiDiscovery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kinds that custom resource definitions add. */
final class DefinedKinds {
    private DefinedKinds() {}

    /** Version and kind, as {@link ApiDiscovery#key} has them, of all definitions among some objects. */
    static Set<String> of(Collection<ChartObject> objects) {
        Set<String> kinds = new HashSet<>();
        objects.stream()
                .filter(object -> object.kind().equals("CustomResourceDefinition"))
                .forEach(definition -> of(definition).forEach(kind -> kinds.add(ApiDiscovery.key(kind[0], kind[1]))));
        return kinds;
    }

    /** Version and kind of each version of one definition. */
    static List<String[]> of(ChartObject definition) {
        List<String[]> kinds = new ArrayList<>();
        if (definition.wanted().getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
                && spec.get("names") instanceof Map<?, ?> names
                && spec.get("versions") instanceof List<?> versions) {
            versions.forEach(version -> kinds.add(new String[] {
                spec.get("group") + "/" + ((Map<?, ?>) version).get("name"), String.valueOf(names.get("kind"))
            }));
        }
        return kinds;
    }

    static String kindOf(ChartObject object) {
        return ApiDiscovery.key(object.wanted().getApiVersion(), object.kind());
    }
}
