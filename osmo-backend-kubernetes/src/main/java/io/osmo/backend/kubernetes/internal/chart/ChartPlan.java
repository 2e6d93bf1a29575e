// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.kubernetes.chart.RenderedChart;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.spec.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a chart of the spec comes to.
 *
 * @param values all values, those derived from the spec included
 * @param rendered what rendering it gave
 * @param objects its definitions and objects, in Helm's order
 * @param live what of it is in the cluster; empty when there is no cluster yet
 * @param unserved kinds that its objects need and the cluster does not serve
 * @param missing namespaces that its objects need and the cluster does not have, besides that of the release
 * @param siblings other releases of the backend
 */
record ChartPlan(
        Chart chart,
        Map<String, @Nullable Object> values,
        RenderedChart rendered,
        List<ChartObject> objects,
        Optional<LiveChart> live,
        Set<String> unserved,
        Set<String> missing,
        Set<HelmRelease> siblings) {
    ChartPlan {
        objects = List.copyOf(objects);
        unserved = Set.copyOf(unserved);
        missing = Set.copyOf(missing);
        siblings = Set.copyOf(siblings);
    }

    static HelmRelease release(Chart chart) {
        return new HelmRelease(chart.name(), chart.namespace());
    }

    /** All objects that a rendering gives. */
    static List<ChartObject> objects(Chart chart, RenderedChart rendered) {
        List<ChartObject> objects = new ArrayList<>(ReleaseWriter.definitions(rendered, release(chart)));
        objects.addAll(ReleaseWriter.objects(rendered, release(chart)));
        return objects;
    }

    HelmRelease release() {
        return release(chart);
    }

    ChartPlan with(LiveChart found, Set<String> kinds, Set<String> namespaces) {
        return new ChartPlan(chart, values, rendered, objects, Optional.of(found), kinds, namespaces, siblings);
    }

    /** The same, rendered otherwise. */
    ChartPlan of(RenderedChart other) {
        return new ChartPlan(
                chart, values, other, objects(chart, other), Optional.empty(), Set.of(), Set.of(), siblings);
    }

    /** Addresses of its objects, without those of definitions, which several charts may bring. */
    Set<ChartObject.Key> addresses() {
        return states().map(ObjectState::address).collect(Collectors.toSet());
    }

    private Stream<ObjectState> states() {
        return live.stream()
                .flatMap(found -> found.objects().stream())
                .filter(state -> !state.object().definition());
    }

    /** Objects that another chart has too. */
    List<String> shared(ChartPlan other) {
        Set<ChartObject.Key> addresses = other.addresses();
        return states().filter(state -> addresses.contains(state.address()))
                .map(state -> state.object().title())
                .sorted()
                .toList();
    }

    Set<String> defines() {
        return DefinedKinds.of(objects);
    }

    /** Whether some of its objects are of kinds that another chart defines. */
    boolean uses(ChartPlan other) {
        Set<String> defined = other.defines();
        return objects.stream().anyMatch(object -> defined.contains(DefinedKinds.kindOf(object)));
    }

    /** Names of the namespaces among its objects. */
    Set<String> namespaces() {
        return objects.stream()
                .map(ChartObject::wanted)
                .filter(object -> object.getKind().equals("Namespace"))
                .map(object -> object.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    boolean isOperator() {
        return ChartRelease.OPERATORS.contains(rendered.name());
    }
}
