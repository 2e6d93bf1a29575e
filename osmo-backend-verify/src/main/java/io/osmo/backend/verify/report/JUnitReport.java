// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.catalog.CheckIds;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a report as JUnit XML that Jenkins, GitLab and GitHub Actions can read. Jenkins' xUnit plugin rejects what is not in its
 * schema {@code junit-10.xsd}, which allows {@code skipped} on a suite but not on the root.
 *
 * @see <a href="https://github.com/testmoapp/junitxml">the common subset of JUnit XML</a>
 */
final class JUnitReport {
    private final Report report;
    private final XMLStreamWriter xml;

    private JUnitReport(Report report, XMLStreamWriter xml) {
        this.report = report;
        this.xml = xml;
    }

    static String render(Report report) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            new JUnitReport(report, xml).document();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a report that cannot be written is a defect of this library", e);
        }
        return out.toString();
    }

    private void document() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "OSMO backend " + report.cluster());
        totals(report.findings());
        Map<String, List<Finding>> concerns = report.findings().stream()
                .collect(Collectors.groupingBy(
                        f -> CheckIds.concern(f.check()), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<Finding>> concern : concerns.entrySet()) {
            suite(concern.getKey(), concern.getValue());
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(String concern, List<Finding> findings) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", concern);
        totals(findings);
        xml.writeAttribute(
                "skipped", count(findings.stream().filter(JUnitReport::skipped).count()));
        if (report.time().known().isPresent()) {
            xml.writeAttribute("timestamp", report.time().known().get().toString());
        }
        properties();
        for (Finding finding : findings) {
            testCase(concern, finding);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private void properties() throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("properties");
        property("verdict", report.verdict().name());
        property("gaps", String.join(" ", report.gaps()));
        property("library", "osmo-backend-verify " + report.catalog().library());
        property("catalog", report.catalog().version());
        property("documentation", report.catalog().documentation() + "#CHECK");
        xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", value);
    }

    /** What was found, and where the check is documented. */
    private String described(Finding finding) {
        return finding.describe()
                + report.catalog()
                        .documentation(finding.check())
                        .map(page -> "\ndocumentation: " + page)
                        .orElse("");
    }

    private void testCase(String concern, Finding finding) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", concern);
        xml.writeAttribute(
                "name",
                finding.check()
                        + finding.requirement().map(r -> " [" + r.id() + "]").orElse(""));
        xml.writeAttribute("time", "0");
        if (failed(finding)) {
            problem("failure", finding);
        } else if (errored(finding)) {
            problem("error", finding);
        } else if (skipped(finding)) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", finding.observed());
        } else if (finding.status() != Status.PASS) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(finding.status() + ": " + described(finding));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void problem(String element, Finding finding) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("type", finding.severity().name());
        xml.writeAttribute("message", "observed " + finding.observed() + "; expected " + finding.expected());
        xml.writeCharacters(described(finding));
        xml.writeEndElement();
    }

    private void totals(List<Finding> findings) throws XMLStreamException {
        xml.writeAttribute("tests", String.valueOf(findings.size()));
        xml.writeAttribute(
                "failures", count(findings.stream().filter(JUnitReport::failed).count()));
        xml.writeAttribute(
                "errors", count(findings.stream().filter(JUnitReport::errored).count()));
        xml.writeAttribute("time", "0");
    }

    private static String count(long number) {
        return Long.toString(number);
    }

    private static boolean failed(Finding finding) {
        return finding.status() == Status.FAIL;
    }

    private static boolean errored(Finding finding) {
        return finding.status() == Status.UNKNOWN && finding.severity() == Severity.ERROR;
    }

    private static boolean skipped(Finding finding) {
        return finding.status() == Status.SKIPPED || finding.status() == Status.WAIVED;
    }
}
