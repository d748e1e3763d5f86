"""Attestations on immigration enforcement, and the register of requests."""

import ceasefire.access.sealing.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

# The register only grows under whoever uses it; what its retention says, its owner carries out.
GUARD = """
CREATE FUNCTION wall.register_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = 'ceasefire_web' OR pg_has_role('ceasefire_web', current_user, 'MEMBER') THEN
        RAISE insufficient_privilege USING MESSAGE = 'the register of requests only grows';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON access_immigrationrequest
    FOR EACH ROW EXECUTE FUNCTION wall.register_guard();
"""
UNGUARD = """
DROP TRIGGER only_grows ON access_immigrationrequest;
DROP FUNCTION wall.register_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0013_interests"),
    ]

    operations = [
        migrations.CreateModel(
            name='DelegatedAuthority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('marked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'delegated authorities',
                'ordering': ['-since', '-id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('agency',), name='one_delegation_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('since')), _connector='OR'), name='delegation_ends_after_it_began'),
                    models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='delegation_says_its_source'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FederalAttestation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('no_duty', 'I have no immigration enforcement duty, and am detailed to none'), ('detailed', 'I have such a duty, or am detailed to it')], max_length=8)),
                ('attested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
            ],
            options={
                'ordering': ['-attested_at', '-id'],
                'constraints': [
                    models.UniqueConstraint(fields=('account', 'agency', 'ends_at', 'answer'), name='one_answer_each_quarter'),
                    models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('attested_at')), ('ends_at__lte', models.Func(models.F('attested_at'), output_field=models.DateTimeField(), template="(%(expressions)s + interval '2209 hours')"))), name='attestation_lasts_a_quarter_at_most'),
                ],
                'indexes': [
                    models.Index(fields=['account', 'ends_at'], name='attestations_of_an_account'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ImmigrationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_with', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Binds each sealed value to this row.', unique=True)),
                ('received_at', models.DateTimeField()),
                ('body', models.CharField(max_length=120)),
                ('official', models.CharField(blank=True, default='', max_length=120)),
                ('means', models.CharField(choices=[('phone', 'Telephone'), ('email', 'E-mail or message'), ('letter', 'Letter or form'), ('in_person', 'In person'), ('database', 'A shared system or portal'), ('colleague', 'Through a colleague or another agency')], max_length=9)),
                ('about', models.CharField(choices=[('address', 'An address or where somebody is'), ('appointment', 'An appointment with probation, court or a service'), ('custody', 'Custody, or a day of release'), ('status', 'Immigration status, citizenship or birthplace'), ('record', 'Another record of a person'), ('access', 'Entry to a place, a person or a system'), ('other', 'Something else')], max_length=11)),
                ('words', ceasefire.access.sealing.fields.SealedTextField(blank=True, null=True, room='aggregate')),
                ('answer', models.CharField(choices=[('refused', 'Refused'), ('attorney', "A judge's warrant, handed to the city attorney")], max_length=8)),
                ('warrant', models.CharField(blank=True, default='', max_length=200)),
                ('attorney_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('record_key', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.recordkey')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-received_at', '-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='request_says_who_asked'),
                    models.CheckConstraint(condition=models.Q(('recorded_at__gte', models.F('received_at'))), name='request_is_recorded_after_it_came'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', 'refused'), ('attorney_on', None), ('warrant', '')), models.Q(('answer', 'attorney'), ('attorney_on__isnull', False), models.Q(('warrant', ''), _negated=True)), _connector='OR'), name='request_is_refused_or_goes_to_the_attorney'),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
