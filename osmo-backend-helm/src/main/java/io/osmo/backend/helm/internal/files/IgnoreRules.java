// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A {@code .helmignore}: which files of a folder are not of its chart. A negated pattern ignores all that it does not match.
 *
 * @see <a href="https://helm.sh/docs/chart_template_guide/helm_ignore_file/">The .helmignore file</a>
 * @see <a href="https://github.com/helm/helm/blob/v3.21.0/pkg/ignore/rules.go">Helm: rules.go</a>
 */
final class IgnoreRules {
    private final List<Rule> rules = new ArrayList<>();

    private record Rule(PathMatcher pattern, boolean wholePath, boolean foldersOnly, boolean negated) {
        boolean matches(Path path, boolean folder) {
            return (folder || !foldersOnly) && pattern.matches(wholePath ? path : path.getFileName());
        }
    }

    private IgnoreRules() {}

    /**
     * The rules of a text, and the one that Helm adds.
     *
     * @throws IOException if a pattern is not one of Helm's
     */
    static IgnoreRules parse(String text) throws IOException {
        IgnoreRules rules = new IgnoreRules();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                rules.add(line);
            }
        }
        rules.add("templates/.?*");
        return rules;
    }

    private void add(String line) throws IOException {
        boolean negated = line.startsWith("!");
        String pattern = negated ? line.substring(1) : line;
        boolean foldersOnly = pattern.endsWith("/");
        pattern = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean wholePath = pattern.contains("/");
        pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        if (pattern.contains("**")) {
            throw new IOException("its .helmignore has ** in \"" + line + "\", which Helm does not support");
        }
        try {
            // Braces mean something in Java's patterns only.
            String glob = pattern.replace("{", "\\{").replace("}", "\\}");
            rules.add(
                    new Rule(FileSystems.getDefault().getPathMatcher("glob:" + glob), wholePath, foldersOnly, negated));
        } catch (PatternSyntaxException e) {
            throw new IOException("its .helmignore has the pattern \"" + line + "\", which is not valid", e);
        }
    }

    /** @param path below the chart's folder */
    boolean ignores(Path path, boolean folder) {
        return rules.stream().anyMatch(rule -> rule.negated() != rule.matches(path, folder));
    }
}
