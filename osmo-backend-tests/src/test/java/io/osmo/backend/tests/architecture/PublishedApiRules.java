// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ThrowsDeclaration;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.BackendLock;
import io.osmo.backend.spi.Scheduler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What a host compiles against: its types, its failures, what it may extend. */
class PublishedApiRules {
    private static final Set<String> FOREIGN = Set.of(
            "com.fasterxml.", "tools.jackson.", "io.fabric8.", "software.amazon.", "com.google.cloud.", "com.azure.");

    /** The two that wait say so; everything else fails with an unchecked exception. */
    private static final Set<String> MAY_THROW_CHECKED =
            Set.of(Scheduler.class.getName() + ".await", BackendLock.class.getName() + ".acquire");

    private static final Set<String> NAMES_OF_THE_JDK = Set.of("isEmpty", "isDone", "isTerminal");

    /** What providers and the engine hold. */
    private static final String SPI = Scheduler.class.getPackageName();

    private static final Set<String> OF_PROVIDERS = Set.of("kubernetes", "helm");

    /** Sentences for people: where there is nothing to say, they are empty. */
    private static final Set<String> TEXTS = Set.of("detail", "next", "note", "reason", "remedy", "where");

    /**
     * Values of Kubernetes and of HTTP as these spell them: an empty namespace, group or taint value, a body without content. Snapshots
     * are stored in that spelling. Providers and the engine pass each other texts.
     */
    private static final Set<String> MAY_WRITE_EMPTY = Set.of(
            "/internal/", "/spi/", "/verify/snapshot/", "/backend/testkit/", "/backend/shell/", "/spec/Taint.java");

    private static final Pattern EMPTY = Pattern.compile("\\bempty\\b(?! optional)");
    private static final Pattern EMPTY_PARAMETER =
            Pattern.compile("@param (\\w+) (?:(?!@param|@return)[\\s\\S])*?" + EMPTY);
    private static final Pattern DOCUMENTED =
            Pattern.compile("/\\*\\*(?<doc>(?:(?!\\*/)[\\s\\S])*)\\*/(?<declaration>[^{;]*)[{;]");
    private static final Pattern ACCESSOR =
            Pattern.compile("\\s*(?:@\\w+\\s+)*(?:(?:public|default|final) )*String (\\w+)\\(\\)\\s*");

    @ArchTest
    static final ArchRule no_internal_type_is_exposed =
            codeUnits().that(arePublished()).should(notMention("internal types", Modules::isInternal));

    @ArchTest
    static final ArchRule no_internal_type_is_exposed_by_a_field =
            fields().that(arePublished()).should(notMention("internal types", Modules::isInternal));

    @ArchTest
    static final ArchRule the_api_exposes_no_type_of_a_library = codeUnits()
            .that(arePublished())
            .and()
            .areDeclaredInClassesThat(Modules.module("api"))
            .should(notMention("types of Jackson, fabric8 or a cloud's SDK", PublishedApiRules::isForeign));

    @ArchTest
    static final ArchRule no_checked_exceptions = codeUnits()
            .that(arePublished())
            .should(new ArchCondition<>("throw no checked exception") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                    for (ThrowsDeclaration<? extends JavaCodeUnit> declared : unit.getThrowsClause()) {
                        JavaClass thrown = declared.getRawType();
                        if (!thrown.isAssignableTo(RuntimeException.class)
                                && !thrown.isAssignableTo(Error.class)
                                && !mayThrowChecked(unit)) {
                            events.add(SimpleConditionEvent.violated(
                                    unit, unit.getFullName() + " throws " + thrown.getSimpleName()));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule one_family_of_exceptions = classes()
            .that()
            .areAssignableTo(Exception.class)
            .and(DescribedPredicate.describe("are published", Modules::isPublished))
            .should()
            .beAssignableTo(OsmoBackendException.class);

    @ArchTest
    static final ArchRule nothing_is_open_by_accident = classes()
            .that(DescribedPredicate.describe("are published", Modules::isPublished))
            .should(new ArchCondition<>("be final, sealed, abstract or an interface") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean closed = type.isInterface()
                            || type.isEnum()
                            || type.getModifiers().contains(JavaModifier.FINAL)
                            || type.getModifiers().contains(JavaModifier.ABSTRACT)
                            || type.reflect().isSealed();
                    if (!closed) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " can be subclassed"));
                    }
                }
            });

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes()
            .should(new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            });

    /** In a JShell, the name of a class and a number say nothing. Builders say it once they have built. */
    @ArchTest
    static final ArchRule what_hosts_hold_prints_what_it_is = classes()
            .that(DescribedPredicate.describe("hosts hold", PublishedApiRules::isHeldByHosts))
            .should(new ArchCondition<>("have a toString of their own") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (type.tryGetMethod("toString").isEmpty()) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " has no toString"));
                    }
                }
            });

    /** The names that the JDK has given are kept. */
    @ArchTest
    static final ArchRule accessors_have_no_prefix = methods()
            .that(arePublished())
            .and()
            .haveNameMatching("(get|is|has|are)[A-Z].*")
            .and()
            .doNotHaveFullName(OsmoBackendException.class.getName() + ".getMessage()")
            .should(
                    new ArchCondition<>(
                            "be questions with an argument, or isEmpty, isDone or isTerminal as in the JDK") {
                        @Override
                        public void check(JavaMethod method, ConditionEvents events) {
                            if (method.getRawParameterTypes().isEmpty()
                                    && !NAMES_OF_THE_JDK.contains(method.getName())) {
                                events.add(SimpleConditionEvent.violated(method, method.getFullName()));
                            }
                        }
                    });

    @ArchTest
    static final ArchRule a_backend_is_called_ref_and_a_resource_is_not_called_id = methods()
            .that(DescribedPredicate.describe("are accessors that hosts see", PublishedApiRules::isAccessorForHosts))
            .should(new ArchCondition<>("be ref for a BackendRef, and another name than id for a ResourceId") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    JavaClass type = method.getRawReturnType();
                    if (type.isEquivalentTo(BackendRef.class)
                                    && !method.getName().equals("ref")
                            || type.isEquivalentTo(ResourceId.class)
                                    && method.getName().equals("id")) {
                        events.add(SimpleConditionEvent.violated(method, method.getFullName()));
                    }
                }
            });

    /** An interruption is an {@code OperationCancelledException}, whatever was waited for. */
    @ArchTest
    static final ArchRule no_error_code_says_that_a_thread_was_interrupted = fields().that(arePublished())
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage(OsmoBackendException.class.getPackageName())
            .should()
            .haveNameNotMatching(".*INTERRUPTED.*");

    /**
     * An empty text that stands for a missing value is overlooked; an {@code Optional} is not. Only the documentation tells the two
     * apart, so this reads the sources.
     */
    @ArchTest
    static void a_value_that_may_be_missing_is_optional(JavaClasses classes) {
        Stream<String> seen = Sources.main().stream()
                .filter(file -> MAY_WRITE_EMPTY.stream().noneMatch(file.toString()::contains))
                .flatMap(file -> emptyValues(file.getFileName().toString(), String.join("\n", Sources.lines(file))));
        assertThat(seen).isEmpty();
        assertThat(emptyValues("Example.java", """
                /**
                 * @param zone zone of the subnet; empty if it spans all
                 * @param remedy what to do; empty if nothing
                 */
                public record Subnet(String zone, String remedy) {}
                /** The range; the empty text if there is none. */
                String cidr();
                """)).containsExactly("Example.java: zone", "Example.java: cidr");
    }

    private static Stream<String> emptyValues(String file, String source) {
        List<String> found = new ArrayList<>();
        Matcher documented = DOCUMENTED.matcher(source);
        while (documented.find()) {
            String declaration = documented.group("declaration");
            Matcher parameter = EMPTY_PARAMETER.matcher(documented.group("doc"));
            while (declaration.contains("record ") && parameter.find()) {
                String name = parameter.group(1);
                if (Pattern.compile("\\bString " + name + "\\b")
                        .matcher(declaration)
                        .find()) {
                    found.add(name);
                }
            }
            Matcher accessor = ACCESSOR.matcher(declaration);
            if (accessor.matches() && EMPTY.matcher(documented.group("doc")).find()) {
                found.add(accessor.group(1));
            }
        }
        return found.stream().filter(name -> !TEXTS.contains(name)).map(name -> file + ": " + name);
    }

    private static boolean isAccessorForHosts(JavaMethod method) {
        return Modules.isPublished(method)
                && !method.getOwner().getPackageName().startsWith(SPI)
                && !OF_PROVIDERS.contains(Modules.moduleOf(method.getOwner()))
                && method.getRawParameterTypes().isEmpty();
    }

    private static DescribedPredicate<JavaMember> arePublished() {
        return DescribedPredicate.describe("are published", Modules::isPublished);
    }

    private static boolean isHeldByHosts(JavaClass type) {
        return Modules.isPublished(type)
                && !type.getPackageName().startsWith(SPI)
                && !OF_PROVIDERS.contains(Modules.moduleOf(type))
                && !type.isInterface()
                && !type.isEnum()
                && !type.isRecord()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && !type.isAssignableTo(Throwable.class)
                && !type.getSimpleName().endsWith("Builder")
                && type.getMethods().stream()
                        .anyMatch(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                                && !method.getModifiers().contains(JavaModifier.STATIC));
    }

    private static boolean isForeign(JavaClass type) {
        return FOREIGN.stream().anyMatch(type.getName()::startsWith);
    }

    private static boolean mayThrowChecked(JavaCodeUnit unit) {
        JavaClass owner = unit.getOwner();
        Set<JavaClass> declarers = new HashSet<>(owner.getAllRawInterfaces());
        declarers.add(owner);
        return declarers.stream().anyMatch(type -> MAY_THROW_CHECKED.contains(type.getName() + "." + unit.getName()));
    }

    private static <T extends JavaMember> ArchCondition<T> notMention(String what, Predicate<JavaClass> unwanted) {
        return new ArchCondition<>("not mention " + what) {
            @Override
            public void check(T member, ConditionEvents events) {
                Set<JavaClass> mentioned = new HashSet<>();
                if (member instanceof JavaField field) {
                    mentioned.addAll(field.getType().getAllInvolvedRawTypes());
                } else if (member instanceof JavaCodeUnit unit) {
                    mentioned.addAll(unit.getReturnType().getAllInvolvedRawTypes());
                    for (JavaType parameter : unit.getParameterTypes()) {
                        mentioned.addAll(parameter.getAllInvolvedRawTypes());
                    }
                }
                mentioned.stream()
                        .filter(unwanted)
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                member, member.getFullName() + " mentions " + type.getName())));
            }
        };
    }
}
