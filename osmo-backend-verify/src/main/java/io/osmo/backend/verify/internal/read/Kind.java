// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A kind of object of the Kubernetes API, and how it is read.
 *
 * @param group API group; empty for the core group
 * @param namespace namespace to look in; empty for all, or for kinds without one
 * @param verb {@code list}, {@code get} for single objects, {@code create} for questions that the API answers
 * @param names names of the single objects; none means any
 * @param selector labels that objects must have; empty for all
 * @param metadataOnly whether only their metadata is requested
 * @param optional whether not every API server serves it; there are none where it is not served
 * @param fields which fields are read of each object; {@link Fields#ALL} for kinds with few objects
 */
record Kind(
        String group,
        String version,
        String resource,
        String namespace,
        String verb,
        List<String> names,
        String selector,
        boolean metadataOnly,
        boolean optional,
        Fields fields) {
    static Kind core(String resource) {
        return of("", resource);
    }

    static Kind of(String group, String resource) {
        return new Kind(group, "v1", resource, "", "list", List.of(), "", false, false, Fields.ALL);
    }

    Kind in(String otherNamespace) {
        return new Kind(
                group, version, resource, otherNamespace, verb, names, selector, metadataOnly, optional, fields);
    }

    Kind version(String other) {
        return new Kind(group, other, resource, namespace, verb, names, selector, metadataOnly, optional, fields);
    }

    /** Single objects instead of all; any object when no name is given. */
    Kind named(List<String> objects) {
        return new Kind(group, version, resource, namespace, "get", objects, selector, metadataOnly, optional, fields);
    }

    /** A question to the API, which changes nothing. */
    Kind asked() {
        return new Kind(group, version, resource, namespace, "create", names, selector, metadataOnly, optional, fields);
    }

    Kind metadata(String labels) {
        return new Kind(group, version, resource, namespace, verb, names, labels, true, optional, fields);
    }

    /** Only objects with these labels. */
    Kind labeled(String labels) {
        return new Kind(group, version, resource, namespace, verb, names, labels, metadataOnly, optional, fields);
    }

    /** A kind that not every API server serves. */
    Kind whereServed() {
        return new Kind(group, version, resource, namespace, verb, names, selector, metadataOnly, true, fields);
    }

    /** Reads only these fields of each object. Worth it for kinds with very many objects. */
    Kind only(Field... read) {
        return new Kind(
                group, version, resource, namespace, verb, names, selector, metadataOnly, optional, Fields.of(read));
    }

    /** The content types that are requested, the best first. */
    String accept() {
        if (metadataOnly) {
            return JsonEncoding.TYPE + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
        }
        return fields.isAll() ? JsonEncoding.TYPE : ProtobufEncoding.TYPE + ", " + JsonEncoding.TYPE;
    }

    /** As error messages name it, such as {@code queues.scheduling.run.ai}. */
    String qualified() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    String path() {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + resource;
    }

    /** The RBAC rule that is needed to read it. */
    String rule() {
        String only = names.isEmpty()
                ? ""
                : ", resourceNames: ["
                        + names.stream().map(n -> "\"" + n + "\"").collect(Collectors.joining(", ")) + "]";
        return "{apiGroups: [\"" + group + "\"], resources: [\"" + resource + "\"]" + only + ", verbs: [\"" + verb
                + "\"]}";
    }
}
