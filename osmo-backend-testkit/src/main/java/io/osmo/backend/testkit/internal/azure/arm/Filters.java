// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OData filters that ARM supports. */
public final class Filters {
    private static final Pattern TERM = Pattern.compile("\\s*(\\w+)\\s+eq\\s+'((?:[^']|'')*)'\\s*");

    private static final Set<String> FIELDS =
            Set.of("tagname", "tagvalue", "resourcetype", "resourcegroup", "name", "location");

    private Filters() {}

    /** One comparison. */
    public record Term(String field, String value) {}

    /** The comparisons of a conjunction. */
    public static List<Term> terms(String filter) {
        List<Term> terms = new ArrayList<>();
        for (String part : filter.split("(?i)\\s+and\\s+", -1)) {
            Matcher matcher = TERM.matcher(part);
            if (!matcher.matches()) {
                throw ArmError.badRequest(
                        "InvalidFilterInQueryString",
                        "Invalid $filter '" + filter + "' specified in the query string.");
            }
            terms.add(new Term(
                    matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2).replace("''", "'")));
        }
        return terms;
    }

    /** The filter of the list of all resources. As in ARM, tags cannot be combined with other fields. */
    public static Predicate<Resource> resources(String filter) {
        if (filter.isEmpty()) {
            return resource -> true;
        }
        List<Term> terms = terms(filter);
        boolean byTag = terms.stream().anyMatch(t -> t.field().startsWith("tag"));
        boolean byOther = terms.stream().anyMatch(t -> !t.field().startsWith("tag"));
        if (byTag && byOther
                || !FIELDS.containsAll(terms.stream().map(Term::field).toList())) {
            throw ArmError.badRequest(
                    "InvalidFilterInQueryString",
                    "Invalid $filter '" + filter + "' specified in the query string"
                            + (byTag && byOther ? ": tags cannot be combined with other filters." : "."));
        }
        return resource -> matches(terms, resource);
    }

    private static boolean matches(List<Term> terms, Resource resource) {
        String tag = "";
        for (Term term : terms) {
            boolean matches = switch (term.field()) {
                case "tagname" -> {
                    tag = term.value();
                    yield resource.body.path("tags").has(tag);
                }
                case "tagvalue" -> resource.tag(tag).asText().equals(term.value());
                case "resourcetype" -> resource.type.name().equalsIgnoreCase(term.value());
                case "resourcegroup" -> resource.id.group().equalsIgnoreCase(term.value());
                case "name" -> resource.name().equalsIgnoreCase(term.value());
                default -> resource.location().equalsIgnoreCase(term.value());
            };
            if (!matches) {
                return false;
            }
        }
        return true;
    }
}
